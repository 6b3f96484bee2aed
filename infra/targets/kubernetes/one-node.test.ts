import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { valueOf } from '../../plan/testing/values.ts';
import { deploymentArgs } from './deployment.ts';
import type { Program } from './serving.ts';
import { scratchStack } from './testing/scratch.ts';

const program: Program = { image: 'rota/api:1', environment: { plain: {}, secret: {} } };

test('pods that mount a volume of one node run together, and others anywhere', (t) => {
  const { scope, code } = scratchStack(
    t,
    `  api: { source: app, volumes: { near: /near, far: /far } }
  worker: { source: app, volumes: { near: /in } }
  web: { source: app, volumes: { far: /far } }
volumes: { near: { size: 1Gi, access: ReadWriteOnce }, far: { size: 1Gi } }`,
  );
  const place = { ...scope, oneNodeVolumes: new Set(['shared.near']) };
  const templateOf = (name: string) => {
    const args = deploymentArgs(place, name, code(name), program);
    return valueOf<output.apps.v1.Deployment>(args).spec.template;
  };
  const [api, worker, web] = ['api', 'worker', 'web'].map(templateOf);
  for (const { metadata, spec } of [api!, worker!]) {
    const [rule, ...rest] = spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.deepEqual(rest, []);
    assert.equal(rule!.topologyKey, 'kubernetes.io/hostname');
    assert.deepEqual(rule!.labelSelector.matchLabels, { 'railhead/volume.near': 'mounted' });
    assert.equal(metadata.labels['railhead/volume.near'], 'mounted');
  }
  assert.equal(web!.spec.affinity, undefined);
});
