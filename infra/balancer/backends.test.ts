import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { test } from 'vitest';
import { Attempt, Backends, type Address } from './backends.ts';
import { Changes } from './changes.ts';
import { Split } from './split.ts';

const at = (host: string): Address => ({ host, port: 80 });
const isCanary = ({ host }: Address) => host.startsWith('new');

/** Makes the replicas of two versions; a test changes which are ready, and whether the old version runs. */
function scene(weight: number) {
  const state = { ready: ['old1', 'old2', 'new1'], slow: [] as string[], oldRuns: true };
  const changes = new Changes();
  const split = new Split();
  split.set(weight);
  // The slow replicas of a version are in use if none of it is ready.
  const backends = new Backends((isMember = () => true) => {
    const ready = state.ready.map(at).filter(isMember);
    return ready.length > 0 ? ready : state.slow.map(at).filter(isMember);
  }, changes);
  backends.versions = { split, isCanary, oldRuns: () => state.oldRuns };
  /** Counts where a number of new requests would be sent; `none`: they have to wait. */
  const send = (count: number) => {
    const hosts = Array.from({ length: count }, () => backends.readyOne(new Attempt())?.host ?? 'none');
    const share = (version: string) =>
      hosts.filter((host) => host.startsWith(version)).length / (count / 100);
    return { old: share('old'), new: share('new'), none: share('none') };
  };
  return { state, changes, split, backends, send };
}

test('if no replica of the old version is ready, a canary gets its share and no more', () => {
  const { state, send } = scene(20);
  assert.deepEqual(send(1000), { old: 80, new: 20, none: 0 });
  state.ready = ['new1'];
  assert.deepEqual(send(1000), { old: 0, new: 20, none: 80 });
});

test('a request that waits for the old version does not go to the canary at a later change', async () => {
  const { state, changes, backends } = scene(20);
  state.ready = ['new1'];
  const picked = Promise.all(
    Array.from({ length: 100 }, async () => {
      const attempt = new Attempt();
      const signal = AbortSignal.timeout(10_000);
      return (backends.readyOne(attempt) ?? (await backends.pick(attempt, signal))).host;
    }),
  );
  for (let change = 0; change < 50; change++) changes.emit();
  state.ready = ['old1', 'new1'];
  changes.emit();
  const hosts = await picked;
  assert.equal(hosts.filter((host) => host === 'new1').length, 20);
});

test('a canary gets all requests if the old version does not run any more, or if that is its share', () => {
  const { state, split, send } = scene(20);
  state.ready = ['new1'];
  state.oldRuns = false;
  assert.deepEqual(send(100), { old: 0, new: 100, none: 0 });
  state.oldRuns = true;
  split.set(100);
  const { backends } = scene(100);
  const refused = new Attempt();
  refused.tried.add('new1:80');
  assert.match(backends.readyOne(refused)?.host ?? '', /^old/);
  assert.deepEqual(send(100), { old: 0, new: 100, none: 0 });
});

test('the share of a canary that is not ready goes to the old version', () => {
  const { state, send } = scene(20);
  state.ready = ['old1', 'old2'];
  assert.deepEqual(send(100), { old: 100, new: 0, none: 0 });
});

test('a connection that an overloaded canary does not accept stays while the old version is ready', async () => {
  const { state, changes, backends } = scene(20);
  state.slow = ['new1'];
  state.ready = ['old1', 'old2'];
  const waiting = new Socket();
  backends.abandonOnceUnready(at('new1'), waiting);
  changes.emit();
  assert.equal(waiting.destroyed, false);
  state.slow = [];
  const error = once(waiting, 'error');
  changes.emit();
  assert.match(String(await error), /The replica is not ready any more/);
  const late = new Socket();
  late.on('error', () => {}); // `abandonOnceUnready` emits it.
  backends.abandonOnceUnready(at('new1'), late);
  assert.equal(late.destroyed, true);
});
