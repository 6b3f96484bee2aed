import assert from 'node:assert/strict';
import { test } from 'vitest';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { Attempt, Backends, type Address } from '../../../balancer/backends.ts';
import { Changes } from '../../../balancer/changes.ts';
import type { KeptOrders, OrderMemory } from './kept-orders.ts';
import { Orders } from './orders.ts';

const steps = [50];

test('a canary whose container has ended goes back: its name has no address any more', async () => {
  const { orders, network, serving } = scene({ old: '1', new1: '2', new2: '3' });
  const canary = ['new1', 'new2'];
  await orders.obey({ kind: 'divide', canary, weight: 100, steps });
  network.delete('new1');
  await orders.obey({ kind: 'divide', canary, weight: 0, steps });
  assert.deepEqual(serving(), ['old']);
  assert.deepEqual(orders.status().canary, canary);
});

test('a container without an address cannot begin a canary', async () => {
  const { orders, serving } = scene({ old: '1', new1: '2' });
  const begun = orders.obey({ kind: 'divide', canary: ['new1', 'new2'], weight: 50, steps });
  await assert.rejects(begun, /no address is known of new2/);
  assert.deepEqual(serving(), ['new1', 'old']);
  assert.equal(orders.status().split, undefined);
});

test('a hold ends a canary, and its replicas get no requests when they start again', async () => {
  const { orders, network, serving } = scene({ old: '1', new1: '2' });
  await orders.obey({ kind: 'divide', canary: ['new1'], weight: 50, steps });
  await orders.obey({ kind: 'hold', running: ['old', 'new1'] });
  assert.deepEqual(orders.status().canary, []);
  network.set('new1', '9');
  assert.deepEqual(serving(), ['old']);
});

test('while others are held back, a replica that starts again serves at its new address', async () => {
  const { orders, network, serving } = scene({ old1: '1', old2: '2' });
  await orders.obey({ kind: 'hold', running: ['old1', 'old2'] });
  network.set('new', '3');
  network.set('old2', '4');
  await eventually(() => serving().join() === 'old1,old2');
});

test('a second hold still holds back what the first has held back', async () => {
  const { orders, network, serving } = scene({ old: '1' });
  await orders.obey({ kind: 'hold', running: ['old'] });
  network.set('left', '2');
  await orders.obey({ kind: 'hold', running: ['old', 'left'] });
  assert.deepEqual(serving(), ['old']);
});

test('a hold whose replicas were replaced without a canary ends with the next one', async () => {
  const { orders, network, serving } = scene({ old: '1' });
  await orders.obey({ kind: 'hold', running: ['old'] });
  network.delete('old');
  network.set('new', '2');
  await orders.obey({ kind: 'hold', running: ['new'] });
  network.set('newer', '3');
  assert.deepEqual(serving(), ['new']);
});

test('after a finished canary, a hold keeps its replicas, and not those that leave', async () => {
  const { orders, network, serving } = scene({ old: '1', new1: '2' });
  await orders.obey({ kind: 'divide', canary: ['new1'], weight: 0, steps });
  await orders.obey({ kind: 'finish' });
  await orders.obey({ kind: 'hold', running: ['old', 'new1'] });
  network.set('newer', '3');
  assert.deepEqual(serving(), ['new1']);
});

test('a balancer that starts again gives a canary its share, also if the addresses have changed', async () => {
  const { orders, network, restart } = scene({ old: '1', new1: '2' });
  await orders.obey({ kind: 'divide', canary: ['new1'], weight: 50, steps });
  network.set('new1', '9');
  const next = await restart();
  assert.deepEqual(next.orders.status().canary, ['new1']);
  assert.ok(Math.abs(next.shareOf('new1') - 50) < 1);
  assert.deepEqual(next.orders.status().steps, steps);
  assert.equal(next.orders.status().directed, undefined);
});

test('a balancer that starts again holds replicas back, and obeys nothing after an order that is over', async () => {
  const { orders, network, restart } = scene({ old: '1' });
  await orders.obey({ kind: 'hold', running: ['old'] });
  network.set('new', '2');
  const next = await restart();
  assert.deepEqual(next.serving(), ['old']);
  await next.orders.obey({ kind: 'divide', canary: ['new'], weight: 50, steps });
  await next.orders.obey({ kind: 'finish' });
  network.delete('old');
  await eventually(() => next.orders.status().split === undefined);
  network.set('newer', '3');
  assert.deepEqual((await next.restart()).serving(), ['new', 'newer']);
});

/** Makes a balancer of replicas that are all ready: their addresses by name, which a test changes. */
function scene(replicas: Record<string, string>) {
  let kept: KeptOrders | undefined;
  const memory = { read: () => kept, write: (orders: KeptOrders | undefined) => void (kept = orders) };
  return start(new Map(Object.entries(replicas)), memory);
}

function start(network: Map<string, string>, memory: OrderMemory) {
  const ready = () => [...network.values()].map((host) => ({ host, port: 80 }));
  const backends = new Backends(ready, new Changes());
  const resolve = (name: string) => Promise.resolve([network.get(name) ?? []].flat());
  const runs = (isMember: (address: Address) => boolean) => ready().some(isMember);
  const orders = new Orders(backends, { ready, runs }, memory, resolve);
  /** The names of the replicas that get requests. */
  const serving = () => {
    const hosts = new Set(Array.from({ length: 50 }, () => backends.readyOne(new Attempt())?.host));
    return [...network].flatMap(([name, host]) => (hosts.has(host) ? [name] : [])).toSorted();
  };
  /** The share of the requests that a replica gets, in percent. */
  const shareOf = (name: string) => {
    const hosts = Array.from({ length: 1000 }, () => backends.readyOne(new Attempt())?.host);
    return hosts.filter((host) => host === network.get(name)).length / 10;
  };
  /** Returns the scene with a balancer that starts again. */
  const restart = async () => {
    const next = start(network, memory);
    await next.orders.restore();
    return next;
  };
  return { orders, network, serving, shareOf, restart };
}
