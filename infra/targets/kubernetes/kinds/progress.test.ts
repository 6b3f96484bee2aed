import assert from 'node:assert/strict';
import { test } from 'vitest';
import { readLive } from './objects.ts';
import { isDone } from './progress.ts';

test('a rollout is not done while the status is of an earlier generation', () => {
  const status = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  for (const kind of ['Deployment', 'StatefulSet'] as const) {
    const isDoneAt = (observedGeneration: number) => {
      const metadata = { name: 'api', uid: 'uid of api', generation: 2 };
      const workload = { kind, metadata, spec: { replicas: 2 }, status: { ...status, observedGeneration } };
      return isDone(readLive({ items: [workload] }, kind, 'api')!);
    };
    assert.deepEqual([isDoneAt(1), isDoneAt(2)], [false, true], kind);
  }
});
