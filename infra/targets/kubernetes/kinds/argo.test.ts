import assert from 'node:assert/strict';
import { test } from 'vitest';
import { abortOf } from './abort.ts';
import { causesOf } from './causes.ts';
import { readLive } from './objects.ts';
import { describeProgress, isAborted, isDone, progressOf } from './progress.ts';

const metadata = (name: string, owner?: string, fields = {}) => ({
  ...{ name, uid: `uid of ${name}`, ...fields },
  ownerReferences: owner === undefined ? [] : [{ uid: `uid of ${owner}` }],
});
const set = (name: string, revision: number) => ({
  kind: 'ReplicaSet',
  metadata: metadata(name, 'api', { annotations: { 'rollout.argoproj.io/revision': String(revision) } }),
});
const ready = { conditions: [{ type: 'Ready', status: 'True' }] };
const pod = (name: string, owner: string) => ({
  kind: 'Pod',
  metadata: metadata(name, owner),
  status: ready,
});
const version = { labels: { 'rollouts-pod-template-hash': 'new' } };
const earlier = { ...version, annotations: { 'rollout.argoproj.io/revision': '1' } };
const run = (name: string, phase: string, job?: string) => ({
  kind: 'AnalysisRun',
  metadata: metadata(name, 'api', { ...version, creationTimestamp: `2026-11-29T10:00:0${name.length}Z` }),
  status: {
    phase,
    message: 'Metric "requests" assessed Failed',
    metricResults: [{ measurements: [{ metadata: job === undefined ? {} : { 'job-name': job } }] }],
  },
});
const judge = (job: string, message: string) => ({
  kind: 'Pod',
  metadata: metadata(`${job}-x`, job, { labels: { 'job-name': job } }),
  status: {
    containerStatuses: [
      {
        name: 'api-judge',
        ready: false,
        restartCount: 0,
        state: { terminated: { exitCode: 1, message } },
        lastState: {},
      },
    ],
  },
});

const created = {
  kind: 'Rollout',
  metadata: metadata('api', undefined, { generation: 3 }),
  spec: { replicas: 4 },
};

/** Reads a Rollout of generation 3 with one new pod and three old ones. */
function read(status: object, ...items: object[]) {
  const rollout = {
    ...created,
    status: { observedGeneration: '3', currentPodHash: 'new', replicas: 4, updatedReplicas: 1, ...status },
  };
  const sets = [set('api-old', 1), set('api-new', 2)];
  const pods = [pod('api-new-1', 'api-new'), pod('api-old-1', 'api-old')];
  const live = readLive({ items: [rollout, ...sets, ...pods, ...items] }, 'Rollout', 'api');
  assert.ok(live);
  return live;
}

test('a Rollout is done when Argo calls it healthy, and a status of an earlier spec says nothing', () => {
  assert.ok(isDone(read({ phase: 'Healthy' })));
  assert.ok(!isDone(read({ phase: 'Progressing' })));
  assert.ok(!isDone(read({ phase: 'Healthy', observedGeneration: '2' })));
  assert.ok(!isAborted(read({ phase: 'Degraded', abort: true, observedGeneration: '2' })));
});

test('each step is progress, and the judged one is told', () => {
  assert.ok(progressOf(read({ currentStepIndex: 2 })) > progressOf(read({ currentStepIndex: 1 })));
  const live = read({}, run('a', 'Successful'), run('ab', 'Running'));
  assert.equal(describeProgress(live), 'canary: step 2 is judged, 1 of 4 pods are new');
});

test('a canary that failed is told in the words of its judge, and the old version serves', () => {
  const words = 'its canary failed at 25 %: 50 % errors, and the limit is <5 %';
  const failed = read(
    { abort: true },
    run('a', 'Successful', 'one'),
    run('ab', 'Failed', 'two'),
    judge('two', words),
  );
  assert.ok(isAborted(failed));
  assert.ok(failed.stillServes);
  assert.equal(abortOf(failed, causesOf(failed)).reason, words);
  const lost = read({ abort: true }, run('ab', 'Error', 'two'));
  assert.equal(abortOf(lost, []).reason, 'Metric "requests" assessed Failed');
  const repeated = { ...run('ab', 'Failed', 'two'), metadata: metadata('ab', 'api', earlier) };
  const restored = read({ abort: true, message: 'api has timed out' }, repeated, judge('two', words));
  assert.equal(abortOf(restored, []).reason, 'Argo Rollouts gave it up: api has timed out');
  const late = read({ abort: true, message: 'api has timed out' });
  assert.equal(abortOf(late, causesOf(late)).reason, 'Argo Rollouts gave it up: api has timed out');
});

test('a Rollout that no controller acts on, or that Argo refuses, is a cause', () => {
  const [missing] = causesOf(read({ observedGeneration: undefined }));
  assert.match(missing?.reason ?? '', /^no controller of Argo Rollouts acts on it$/);
  assert.ok((missing?.patience ?? 0) > 0);
  // Without a controller, nothing writes a status.
  const live = readLive({ items: [created] }, 'Rollout', 'api');
  assert.deepEqual(live && causesOf(live), [missing]);
  const conditions = [{ type: 'InvalidSpec', status: 'True', message: 'The steps are wrong.' }];
  const [refused] = causesOf(read({ conditions }));
  assert.deepEqual(
    [refused?.reason, refused?.patience],
    ['Argo Rollouts refuses it: The steps are wrong', 0],
  );
});
