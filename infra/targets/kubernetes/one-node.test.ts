import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { output } from '@pulumi/kubernetes/types/index.js';
import { valueOf } from '../../plan/testing/values.ts';
import { deploymentArgs } from './deployment.ts';
import { oneNodeVolumes } from './one-node.ts';
import type { Program } from './serving.ts';
import { scratchStack } from './testing/scratch.ts';

const program: Program = { image: 'rota/api:1', environment: { plain: {}, secret: {} } };

test('pods that mount a volume of one node run together, and others anywhere', (t) => {
  const { scope, graph, code } = scratchStack(
    t,
    `  api: { source: app, volumes: { near: /near, middle: /middle, far: /far } }
  worker: { source: app, volumes: { near: /in } }
  editor: { source: app, volumes: { middle: /in } }
  guest: { source: app, volumes: { apart: /in } }
  web: { source: app, volumes: { far: /far } }
volumes:
  middle: { size: 1Gi, access: ReadWriteOnce }
  apart: { size: 1Gi, access: ReadWriteOnce }
  near: { size: 1Gi, access: ReadWriteOnce }
  far: { size: 1Gi }`,
  );
  const place = { ...scope, oneNodeVolumes: oneNodeVolumes(graph) };
  const templateOf = (name: string) => {
    const args = deploymentArgs(place, name, code(name), program);
    return valueOf<output.apps.v1.Deployment>(args).spec.template;
  };
  const label = (volume: string) => ({ [`railhead/volume.${volume}`]: 'mounted' });
  const expected = {
    // api mounts both volumes, so the pods that mount only one of them must run on its node too.
    ...{ api: label('middle'), worker: label('middle'), editor: label('middle') },
    guest: label('apart'),
  };
  for (const [name, labels] of Object.entries(expected)) {
    const { metadata, spec } = templateOf(name);
    const [rule, ...rest] = spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    assert.deepEqual(rest, []);
    assert.equal(rule!.topologyKey, 'kubernetes.io/hostname');
    assert.deepEqual(rule!.labelSelector.matchLabels, labels);
    assert.deepEqual({ ...metadata.labels, ...labels }, metadata.labels);
  }
  assert.equal(templateOf('web').spec.affinity, undefined);
});
