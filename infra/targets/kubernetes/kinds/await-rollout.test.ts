import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { putOnPath } from '../../../../tools/testing/on-path.ts';
import { scratch } from '../../../stack/scratch.ts';
import { awaitRollout } from './await-rollout.ts';

/**
 * Puts a `kubectl` first on the PATH whose calls of `get` return these lists of objects, the last one again and again.
 * Returns the file with the arguments of its calls of `patch`.
 */
function useKubectl(t: TestContext, root: string, ...answers: object[][]): string {
  const last = answers.length - 1;
  const script = `#!/bin/sh
cd "$(dirname "$0")"
case "$1" in
  get) n=$(cat next 2>/dev/null || echo 0); cat $n; [ $n = ${last} ] || echo $((n + 1)) > next ;;
  patch) echo "$*" >> patches ;;
esac
`;
  const bin = putOnPath(t, root, 'kubectl', script);
  for (const [index, items] of answers.entries())
    writeFileSync(join(bin, String(index)), JSON.stringify({ items }));
  return join(bin, 'patches');
}

const ownedBy = (owner: string) => ({ ownerReferences: [{ uid: `uid of ${owner}` }] });
const rollout = (status: object) => ({
  kind: 'Rollout',
  metadata: { name: 'api', uid: 'uid of api', generation: 3 },
  spec: { replicas: 1 },
  status: { observedGeneration: '3', currentPodHash: 'new', ...status },
});
const judged = {
  kind: 'AnalysisRun',
  metadata: { name: 'api-1', labels: { 'rollouts-pod-template-hash': 'new' }, ...ownedBy('api') },
  status: { phase: 'Failed', message: 'the figures of the first attempt' },
};
const set = { kind: 'ReplicaSet', metadata: { name: 'api-new', uid: 'uid of api-new', ...ownedBy('api') } };
const ended = { terminated: { exitCode: 7 } };
const pod = {
  kind: 'Pod',
  metadata: { name: 'api-new-1', uid: 'uid of api-new-1', ...ownedBy('api-new') },
  status: {
    containerStatuses: [{ name: 'api', ready: false, restartCount: 0, state: ended, lastState: {} }],
  },
};

test('an aborted canary begins again as soon as its change is observed, and fails for its own reason', async (t) => {
  const root = scratch(t, {});
  const aborted = rollout({ abort: true });
  const patches = useKubectl(
    t,
    root,
    [rollout({ observedGeneration: '2', abort: true }), judged],
    [aborted, judged],
    [rollout({}), judged, set],
    [aborted, judged, set, pod],
  );
  const inputs = {
    ...{ root, environment: 'test', name: 'api', namespace: 'rota-test', kind: 'Rollout' as const },
    ...{ workload: 'api', revision: '1', timeout: 60 },
  };
  const step = { signal: AbortSignal.timeout(60_000), progress: () => {} };
  await assert.rejects(awaitRollout(inputs, step), /pod api-new-1 ended with exit code 7/);
  assert.ok(existsSync(patches), 'the canary did not begin again');
  assert.equal(readFileSync(patches, 'utf8').match(/"abort":false/g)?.length, 1);
});
