import assert from 'node:assert/strict';
import { test } from 'vitest';
import { causesOf } from './causes.ts';
import { readLive } from './objects.ts';

const metadata = (name: string, owner?: string, annotations = {}) => ({
  ...{ name, uid: `uid of ${name}`, annotations },
  ownerReferences: owner === undefined ? [] : [{ uid: `uid of ${owner}` }],
});
const revision = (number: number) => ({ 'deployment.kubernetes.io/revision': String(number) });
const deployment = {
  kind: 'Deployment',
  metadata: metadata('api'),
  spec: { replicas: 2 },
  status: {},
};
const newest = { kind: 'ReplicaSet', metadata: metadata('api-2', 'api', revision(2)) };
const earlier = { kind: 'ReplicaSet', metadata: metadata('api-1', 'api', revision(1)) };
const pod = (status: object, owner = 'api-2') => ({
  kind: 'Pod',
  metadata: metadata(`${owner}-x`, owner),
  status,
});
const container = (fields: object) =>
  pod({
    containerStatuses: [{ name: 'api', ready: false, restartCount: 0, state: {}, lastState: {}, ...fields }],
  });
const event = (reason: string, message: string) => ({
  ...{ kind: 'Event', reason, message },
  involvedObject: { kind: 'Pod', name: 'api-2-x' },
});

/** Of a Deployment with these objects. */
function read(...items: object[]) {
  const live = readLive({ items: [deployment, earlier, newest, ...items] }, 'Deployment', 'api');
  assert.ok(live);
  return live;
}
const causes = (...items: object[]) => causesOf(read(...items));

test('a crash loop is final at the third end, and what ended before it may still get ready', () => {
  const crashed = { terminated: { exitCode: 3 } };
  const backOff = { waiting: { reason: 'CrashLoopBackOff' } };
  const of = (restartCount: number) =>
    causes(container({ restartCount, state: backOff, lastState: crashed }))[0];
  assert.equal(of(2)?.reason, 'pod api-2-x ended 3 times, the last time with exit code 3');
  assert.deepEqual(
    [of(0), of(1), of(2)].map((cause) => cause?.patience),
    [Infinity, Infinity, 0],
  );
  assert.deepEqual(of(2)?.next, ['logs', 'api-2-x', '--previous']);
  const [memory] = causes(container({ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }));
  assert.match(memory?.reason ?? '', /exit code 137, as it needed more memory than its limit$/);
});

test('a program that does not pass its startup probe has failed when it is ended for that', () => {
  const slow = container({
    restartCount: 1,
    state: { running: {} },
    lastState: { terminated: { exitCode: 143 } },
  });
  const killed = event('Killing', 'Container api failed startup probe, will be restarted');
  const checked = event('Unhealthy', 'Startup probe failed: HTTP probe failed with statuscode: 503');
  assert.equal(causes(slow)[0]?.patience, Infinity);
  const [cause] = causes(slow, checked, killed);
  assert.equal(cause?.patience, 0);
  assert.match(cause?.check ?? '', /statuscode: 503/);
});

test('a pod whose volume cannot be created waits for it, and the event of the claim says why', () => {
  const spec = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'shared.uploads' } }] };
  const failed = {
    ...event('ProvisioningFailed', 'Only support ReadWriteOnce access mode.'),
    involvedObject: { kind: 'PersistentVolumeClaim', name: 'shared.uploads' },
  };
  const [cause] = causes({ ...pod({}), spec }, failed);
  assert.equal(
    cause?.reason,
    'its volume shared.uploads cannot be created: Only support ReadWriteOnce access mode',
  );
  assert.deepEqual(cause.next, ['describe', 'persistentvolumeclaim', 'shared.uploads']);
  const placed = { conditions: [{ type: 'PodScheduled', status: 'True' }] };
  assert.deepEqual([causes({ ...pod(placed), spec }, failed), causes(pod({}), failed)], [[], []]);
});

test('a node that an autoscaler makes is waited for', () => {
  const placed = { type: 'PodScheduled', status: 'False', message: '1 Insufficient cpu.' };
  const waiting = pod({ conditions: [placed] });
  assert.equal(causes(waiting)[0]?.patience, 30);
  assert.equal(causes(waiting, event('TriggeredScaleUp', 'pod triggered scale-up'))[0]?.patience, Infinity);
});

test('what runs, or only starts, is no cause, nor is a pod of an earlier revision', () => {
  const starting = container({ state: { waiting: { reason: 'ContainerCreating' } } });
  const ready = container({ ready: true, state: { running: {} } });
  const before = pod(
    { containerStatuses: [{ name: 'api', ready: false, restartCount: 9, state: {}, lastState: {} }] },
    'api-1',
  );
  assert.deepEqual(causes(starting, ready, container({ state: { running: {} } }), before), []);
});

test('the version before serves while one of its pods is ready', () => {
  const ready = pod({ conditions: [{ type: 'Ready', status: 'True' }] }, 'api-1');
  assert.equal(read(ready).stillServes, true);
  assert.equal(read(pod({}, 'api-1')).stillServes, false);
});
