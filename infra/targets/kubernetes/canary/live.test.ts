import assert from 'node:assert/strict';
import { test } from 'vitest';
import { canariesOf } from './live.ts';

const at = (second: number) => `2026-11-29T10:00:0${second}Z`;
const pod = (name: string, hash: string, image: string) => ({
  kind: 'Pod',
  metadata: { name, labels: { 'rollouts-pod-template-hash': hash, 'app.kubernetes.io/name': 'api' } },
  spec: {
    containers: [
      { name: 'api', image },
      { name: 'api-meter', image: 'rota/balancer:1' },
    ],
  },
});
const run = {
  kind: 'AnalysisRun',
  metadata: { name: 'api-new-2-1', creationTimestamp: at(5) },
};

function read(status: object) {
  const rollout = {
    kind: 'Rollout',
    metadata: { name: 'api', creationTimestamp: at(0) },
    spec: {
      strategy: {
        canary: { steps: [{ setWeight: 25 }, { analysis: {} }, { setWeight: 50 }, { analysis: {} }] },
      },
    },
    status: {
      ...{ phase: 'Progressing', currentPodHash: 'new', stableRS: 'old', currentStepIndex: 1 },
      conditions: [{ type: 'Progressing', lastUpdateTime: at(4) }],
      ...status,
    },
  };
  const pods = [pod('api-new-1', 'new', 'acme/api:2'), pod('api-old-1', 'old', 'acme/api:1')];
  return canariesOf({ items: [rollout, run, ...pods] });
}

test('a canary of Argo Rollouts is read with its step, its weight and its versions', () => {
  const judged = { canary: { currentStepAnalysisRunStatus: { name: run.metadata.name } } };
  assert.deepEqual(read(judged), [
    {
      ...{ service: 'api', weight: 25, step: 1, steps: [25, 50], since: at(5) },
      newVersion: { artifact: 'acme/api:2', replicas: ['api-new-1'] },
      oldVersion: { artifact: 'acme/api:1', replicas: ['api-old-1'] },
    },
  ]);
  const [second] = read({ currentStepIndex: 2 });
  assert.deepEqual([second?.weight, second?.step, second?.since], [50, 2, at(4)]);
  assert.deepEqual(
    read({ currentStepIndex: 4 }).map(({ weight, step }) => [weight, step]),
    [[100, 2]],
  );
});

test('a paused canary is held; a finished, an aborted and a first version are no canaries', () => {
  const [paused] = read({ phase: 'Paused', message: 'manually paused' });
  assert.equal(paused?.held, 'its Rollout is paused: manually paused');
  assert.deepEqual(read({ phase: 'Healthy', stableRS: 'new' }), []);
  assert.deepEqual(read({ phase: 'Degraded', abort: true }), []);
  assert.deepEqual(read({ stableRS: '' }), []);
});
