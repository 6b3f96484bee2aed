import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload, readWorkload, stopWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';
import { addressLost, ask, nextVersion, setScene, statusWhere, urlOf } from './testing.ts';

test('a workload takes over the address of another one when it is ready, not before', async (t) => {
  const scene = setScene(t);
  const old = await scene.spec('api', { replicas: 2 });
  await applyWorkload(scene.folder('api'), old);
  const renamed = nextVersion({ ...old, name: 'backend' }, '2');
  const versions: string[] = [];
  let waiting = true;
  // Between the two, connections are refused for a moment, as at every restart. Clients connect again.
  const load = (async () => {
    while (waiting) versions.push(await visit(old));
  })();
  await applyWorkload(scene.folder('backend'), renamed);
  const seen = versions.length;
  await eventually(() => versions.length > seen + 20);
  waiting = false;
  await load;
  assert.deepEqual(
    [...new Set(versions)].filter((version) => version !== 'refused'),
    ['1', '2'],
  );
  assert.ok(versions.lastIndexOf('1') < versions.indexOf('2'), 'never one and then the other');

  const left = await addressLost(scene.folder('api'), 'backend');
  assert.equal(left.state, 'degraded');
  await stopWorkload(scene.folder('api'));
  assert.equal((await ask(renamed)).version, '2');
});

test('workloads can exchange their addresses, at the same time or one after the other', async (t) => {
  const scene = setScene(t);
  const names = ['a', 'b', 'c'];
  const specs = await Promise.all(names.map((name) => scene.spec(name, { env: envOf(name) })));
  await Promise.all(specs.map((spec) => applyWorkload(scene.folder(spec.name), spec)));
  const turned = (by: number, version: string) =>
    specs.map((spec, index) => {
      const listen = specs[(index + by) % specs.length]?.listen;
      assert.ok(listen);
      return { ...spec, deploymentId: version, listen };
    });

  const first = turned(1, '2');
  await Promise.all(first.map((spec) => applyWorkload(scene.folder(spec.name), spec)));
  for (const spec of first) assert.equal((await ask(spec)).version, spec.name);
  const second = turned(2, '3');
  for (const spec of second) await applyWorkload(scene.folder(spec.name), spec);
  for (const spec of second) assert.equal((await ask(spec)).version, spec.name);
});

test('a changed port starts a new balancer and keeps the processes', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api');
  const before = await applyWorkload(scene.folder('api'), spec);
  const { listen } = await scene.spec('other');
  assert.ok(listen);
  const moved = { ...spec, deploymentId: '2', listen };
  const after = await applyWorkload(scene.folder('api'), moved);
  assert.deepEqual(after.replicas, before.replicas);
  assert.equal((await ask(moved)).pid, before.replicas[0]?.pid);
});

test('a workload that does not get ready does not take over the address', async (t) => {
  const scene = setScene(t);
  const old = await scene.spec('api');
  const before = await applyWorkload(scene.folder('api'), old);
  const bad = { ...old, name: 'backend', timeout: 2, env: { ...old.env, READY: 'never' } };
  await assert.rejects(applyWorkload(scene.folder('backend'), bad), /backend did not get ready: 0 of 1/);
  assert.deepEqual(readWorkload(scene.folder('api')), before);
  assert.equal((await ask(old)).version, '1');
});

test('a server that listens itself stops for another one, and starts again when that one fails', async (t) => {
  const scene = setScene(t);
  const old = own(await scene.spec('gateway'));
  await applyWorkload(scene.folder('gateway'), old);
  const bad = { ...old, name: 'entry', timeout: 2, env: { ...old.env, READY: 'never' } };
  await assert.rejects(applyWorkload(scene.folder('entry'), bad), /entry did not get ready: 0 of 1/);
  await statusWhere(scene.folder('gateway'), ({ state }) => state === 'ready', 'the old server runs again');
  assert.equal((await ask(old)).version, '1');

  const good = nextVersion({ ...old, name: 'entry' }, '2');
  await applyWorkload(scene.folder('entry'), good);
  assert.equal((await ask(good)).version, '2');
});

test('the listener at an address can change between TCP balancer, HTTP balancer and the process itself', async (t) => {
  const scene = setScene(t);
  const tcp = await scene.spec('api', { health: 'tcp' });
  const http = nextVersion(tcp, '2', { health: { path: '/health', ready: '/ready' } });
  const itself = nextVersion(own(tcp), '3');
  for (const spec of [tcp, http, itself, nextVersion(tcp, '4')]) {
    await applyWorkload(scene.folder('api'), spec);
    assert.equal(await visit(spec), spec.env.VERSION);
  }
});

test('a workload that lost its address stays without it after a supervisor kill, and takes it back at its next deployment', async (t) => {
  const scene = setScene(t);
  const old = await scene.spec('api');
  const before = await applyWorkload(scene.folder('api'), old);
  const renamed = nextVersion({ ...old, name: 'backend' }, '2');
  const owner = await applyWorkload(scene.folder('backend'), renamed);
  process.kill(before.supervisor.pid, 'SIGKILL');
  await statusWhere(
    scene.folder('api'),
    ({ supervisor, lostTo, replicas }) =>
      supervisor.pid !== before.supervisor.pid &&
      lostTo === 'backend' &&
      replicas.some(({ state }) => state === 'ready'),
    'a neighbour has started the supervisor again',
  );
  assert.equal((await ask(old)).version, '2');

  const again = await applyWorkload(scene.folder('api'), old);
  assert.deepEqual(again.holds, [{ host: old.listen?.host, port: old.listen?.port }]);
  assert.equal((await ask(old)).version, '1');
  assert.ok(owner.replicas.every((replica) => isAlive(replica)));
  await addressLost(scene.folder('backend'), 'api');
  // When the owner stops, the other workload takes the address over.
  await stopWorkload(scene.folder('api'));
  await statusWhere(
    scene.folder('backend'),
    ({ state }) => state === 'ready',
    'backend has the address again',
  );
  assert.equal((await ask(renamed)).version, '2');
});

test('when three workloads had an address in turn, the last one keeps it after the second one stops', async (t) => {
  const scene = setScene(t);
  const first = await scene.spec('one', { env: envOf('one') });
  const all = ['one', 'two', 'three'].map((name) => ({ ...first, name, env: envOf(name) }));
  for (const spec of all) await applyWorkload(scene.folder(spec.name), spec);
  await stopWorkload(scene.folder('two'));
  const left = await addressLost(scene.folder('one'), 'three');
  assert.equal(left.state, 'degraded');
  assert.equal((await ask(first)).version, 'three');
});

test('a failed workload still reports its failure after its address went back to the old owner', async (t) => {
  const scene = setScene(t);
  const old = own(await scene.spec('gateway'));
  await applyWorkload(scene.folder('gateway'), old);
  const bad = { ...old, name: 'entry', timeout: 2, env: { ...old.env, READY: 'never' } };
  const cancel = new AbortController();
  const options = { signal: cancel.signal, progress: () => cancel.abort() };
  await assert.rejects(applyWorkload(scene.folder('entry'), bad, options), { name: 'AbortError' });
  const failed = await addressLost(scene.folder('entry'), 'gateway');
  assert.equal(failed.state, 'failed');
  assert.match(failed.failure?.reason ?? '', /^0 of 1 replicas were ready after 2 s$/);
});

test('a workload that gave up its address during a rollout listens there again when the new owner stops', async (t) => {
  const scene = setScene(t);
  const old = await scene.spec('api');
  await applyWorkload(scene.folder('api'), old);
  const next = nextVersion(old, '2', { cwd: join(scene.root, 'held') });
  mkdirSync(next.cwd);
  writeFileSync(join(next.cwd, 'hold'), '');
  const applied = applyWorkload(scene.folder('api'), next);
  await statusWhere(scene.folder('api'), ({ replicas }) => replicas.length === 2, 'another one starts');
  await applyWorkload(scene.folder('backend'), nextVersion({ ...old, name: 'backend' }, '3'));
  assert.equal((await ask(old)).version, '3');
  await stopWorkload(scene.folder('backend'));
  rmSync(join(next.cwd, 'hold'));
  await applied;
  assert.equal((await ask(old)).version, '2');
});

const envOf = (VERSION: string) => ({ HOST: '127.0.0.1', PATH: process.env.PATH ?? '', VERSION });

function own({ listen, ...rest }: WorkloadSpec): WorkloadSpec {
  assert.ok(listen);
  return { ...rest, listen: { ...listen, mode: 'own' } };
}

/** Returns the version that answers on a new connection, or `refused`. */
async function visit(spec: WorkloadSpec): Promise<string> {
  try {
    const outgoing = request(urlOf(spec), { agent: new Agent() }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    const text = Buffer.concat((await response.toArray()) as Buffer[]).toString();
    return (JSON.parse(text) as { version: string }).version;
  } catch (error) {
    // The kernel resets connections that the former listener has not accepted.
    if (['ECONNREFUSED', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return 'refused';
    throw error;
  }
}
