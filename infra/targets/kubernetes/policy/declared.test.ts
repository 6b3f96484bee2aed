import assert from 'node:assert/strict';
import { test } from 'vitest';
import { mayBeRoot } from '../../../stack/container.ts';
import { analysisTemplateArgs } from '../canary/analysis.ts';
import { argoRolloutArgs } from '../canary/argo-rollout.ts';
import { triedOut } from '../canary/tried-out.ts';
import type { KubernetesObject } from '../manifests.ts';
import { scratchStack } from '../testing/scratch.ts';
import { declaredIn } from './declared.ts';
import { podSecurity } from './pod-security.ts';
import { podsOf, type SecurityContext } from './pods.ts';
import { scannerSettings } from './scanners.ts';

test('what a stack file says of a service is not said of the programs in its pods', (t) => {
  const { scope, graph, code } = scratchStack(
    t,
    `
  api:
    image: acme/api:1
    port: 3001
    health: { path: /health }
    replicas: 4
    readOnly: false
    user: 0
    rollout: { strategy: canary, steps: [25%], analysis: { errors: <1%, for: 1m } }`,
  );
  const config = code('api');
  const tried = triedOut(config);
  assert.ok(tried);
  const program = { image: 'acme/api:1', environment: { plain: {}, secret: {} }, meter: 'rota/balancer:1' };
  /** Returns the violations after the security context of this container has changed. */
  const violations = (name = '', change: SecurityContext = {}) => {
    const objects = [
      analysisTemplateArgs(scope, 'api', config, 'rota/balancer:1', tried),
      argoRolloutArgs(scope, 'api', config, program, tried),
    ] as unknown as KubernetesObject[];
    for (const { spec } of podsOf(objects))
      for (const container of spec.containers.filter((one) => one.name === name))
        container.securityContext = { ...container.securityContext, ...change };
    const declaredFor = declaredIn(graph);
    const found = [
      ...podSecurity(objects, (...each) => mayBeRoot(declaredFor(...each).user)),
      ...scannerSettings(objects, declaredFor),
    ];
    return found.map(({ problem }) => problem).filter((problem) => /file system|run/.test(problem));
  };
  assert.deepEqual(violations(), []);
  const writable = { readOnlyRootFilesystem: false };
  for (const name of ['api-meter', 'api-judge'])
    assert.deepEqual(violations(name, writable), [`${name}: its file system can be written to`]);
  assert.deepEqual(violations('api-meter', { runAsUser: 0, runAsNonRoot: true }), [
    'runAsUser must not be 0',
    'api-meter: runs as 0 (container-security-context-user-group-id)',
  ]);
  assert.deepEqual(violations('api', { readOnlyRootFilesystem: true }), [
    'api: its file system can be written to',
  ]);
});
