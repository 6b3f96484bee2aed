import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { valueOf } from '../../plan/testing/values.ts';
import { deploymentArgs } from './deployment.ts';
import { namespaceArgs } from './namespace.ts';
import { scratchStack } from './testing/scratch.ts';

const program = { image: 'acme/app:1', environment: { plain: {}, secret: {} } };

test('a pod is hardened, except for what the stack file says', (t) => {
  const { scope, code } = scratchStack(
    t,
    [
      '  plain: { image: acme/app:1 }',
      '  grafana: { image: acme/app:1, user: "472:0", tmpfs: [/cache], shmSize: 80Mi, entrypoint: [/run.sh, $(A)] }',
      '  root: { image: acme/app:1, user: 0, readOnly: false, capabilities: { add: [CHOWN] }, command: a b }',
      '  own: { image: acme/app:1, user: image }',
    ].join('\n'),
  );
  const podOf = (name: string) =>
    valueOf<output.apps.v1.Deployment>(deploymentArgs(scope, name, code(name), program)).spec.template.spec;
  const seen = (name: string) => {
    const { securityContext: pod, containers } = podOf(name);
    const { securityContext: own, command, args } = containers[0]!;
    const { runAsNonRoot, runAsUser, runAsGroup } = pod;
    const { readOnlyRootFilesystem, capabilities } = own;
    return [runAsNonRoot, runAsUser, runAsGroup, readOnlyRootFilesystem, capabilities.add, command, args];
  };
  const none = undefined;
  assert.deepEqual(seen('plain'), [true, 10001, 10001, true, none, none, none]);
  assert.deepEqual(seen('grafana'), [true, 472, 0, true, none, ['/run.sh', '$$(A)'], none]);
  assert.deepEqual(seen('root'), [none, 0, 0, false, ['CHOWN'], none, ['a', 'b']]);
  assert.deepEqual(seen('own'), [none, none, none, true, none, none, none]);
  const { volumes, containers } = podOf('grafana');
  assert.deepEqual(
    volumes.map(({ name, emptyDir }) => [name, emptyDir.medium, emptyDir.sizeLimit]),
    [
      ['tmp', none, '256Mi'],
      ['tmpfs-1', 'Memory', '64Mi'],
      ['shm', 'Memory', '80Mi'],
    ],
  );
  assert.deepEqual(
    containers[0]!.volumeMounts.map(({ mountPath }) => mountPath),
    ['/tmp', '/cache', '/dev/shm'],
  );
});

test('a namespace enforces baseline only if a service may run as root', (t) => {
  const levelOf = (user: string) => {
    const { graph } = scratchStack(t, `  app: { image: acme/app:1, user: ${user} }`);
    const { labels = {} } = valueOf<output.core.v1.Namespace>(namespaceArgs(graph)).metadata;
    return ['enforce', 'warn'].map((mode) => labels[`pod-security.kubernetes.io/${mode}`]);
  };
  assert.deepEqual(levelOf('101'), ['restricted', 'restricted']);
  for (const user of ['0', '"0:0"', 'image']) assert.deepEqual(levelOf(user), ['baseline', 'restricted']);
});
