import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { publishedHost } from '../common/loopback.ts';
import { applyWorkload, stopWorkload } from './control.ts';
import type { WorkloadSpec } from './spec.ts';
import { addressLost, ask, killSupervisor, nextVersion, setScene, statusWhere } from './testing.ts';

type Further = Pick<NonNullable<WorkloadSpec['ports']>[number], 'port'>;

/** Returns what the replicas answer at a named port: `api-1 2`. Rejects if the connection is refused. */
async function visit({ listen }: WorkloadSpec, { port }: Further): Promise<string> {
  const socket = connect({ host: listen?.host, port });
  await once(socket, 'connect');
  return text(socket);
}

/** Returns a spec with a further port, RPC_PORT. */
async function withPort(
  scene: ReturnType<typeof setScene>,
  name: string,
  changes: Partial<WorkloadSpec> = {},
) {
  const { listen } = await scene.spec('other');
  assert.ok(listen);
  const rpc = { variable: 'RPC_PORT', port: listen.port, protocol: 'tcp' as const };
  return { spec: await scene.spec(name, { ports: [rpc], ...changes }), rpc };
}

test('connections to a named port reach all ready replicas, and none fails during a rollout', async (t) => {
  const scene = setScene(t);
  const { spec, rpc } = await withPort(scene, 'api', { replicas: 3 });
  const status = await applyWorkload(scene.folder('api'), spec);
  const own = status.replicas.map(({ ports }) => ports?.RPC_PORT);
  assert.equal(new Set([...own, rpc.port]).size, 4);
  const answers: string[] = [];
  const takeAll = async (version: string) => {
    answers.length = 0;
    await eventually(() => new Set(answers.filter((answer) => answer.endsWith(` ${version}`))).size === 3);
  };
  let rolling = true;
  const load = (async () => {
    while (rolling) answers.push(await visit(spec, rpc));
  })();
  await takeAll('1');
  await applyWorkload(scene.folder('api'), nextVersion(spec, '2'));
  await takeAll('2');
  rolling = false;
  await load;
  assert.ok(!answers.includes(''), 'no connection is closed without an answer');
});

test('a named port is open again after a supervisor kill, with the same replicas', async (t) => {
  const scene = setScene(t);
  const { spec, rpc } = await withPort(scene, 'api');
  const before = await applyWorkload(scene.folder('api'), spec);
  await applyWorkload(scene.folder('neighbour'), await scene.spec('neighbour'));
  await killSupervisor(scene.folder('api'), before);
  const isBack = () => visit(spec, rpc).catch(() => undefined);
  assert.equal(await eventually(isBack), 'api-1 1');
  const after = await statusWhere(scene.folder('api'), ({ state }) => state === 'ready', 'it is ready again');
  assert.deepEqual(after.replicas, before.replicas);
  assert.deepEqual(after.holds, before.holds);
});

test('a named port opens and closes while the main one keeps its connections', async (t) => {
  const scene = setScene(t);
  const { spec, rpc } = await withPort(scene, 'api');
  const { ports = [], ...without } = spec;
  await applyWorkload(scene.folder('api'), without);
  let changing = true;
  const load = (async () => {
    while (changing) await ask(spec);
  })();
  await applyWorkload(scene.folder('api'), { ...without, ports, deploymentId: '2' });
  assert.equal((await visit(spec, rpc)).split(' ')[1], '1');
  await applyWorkload(scene.folder('api'), { ...without, deploymentId: '3' });
  changing = false;
  await load;
  await assert.rejects(visit(spec, rpc), { code: 'ECONNREFUSED' });
});

test('another workload takes over a named port only, and gives it back', async (t) => {
  const scene = setScene(t);
  const { spec, rpc } = await withPort(scene, 'api');
  await applyWorkload(scene.folder('api'), spec);
  const other = await scene.spec('other');
  assert.ok(other.listen);
  await applyWorkload(
    scene.folder('other'),
    nextVersion({ ...other, listen: { ...other.listen, port: rpc.port } }, '2'),
  );
  const left = await addressLost(scene.folder('api'), 'other');
  assert.equal(left.state, 'degraded');
  assert.equal((await ask(spec)).version, '1');
  await stopWorkload(scene.folder('other'));
  await statusWhere(scene.folder('api'), ({ state }) => state === 'ready', 'api has its port again');
  assert.equal(await visit(spec, rpc), 'api-1 1');
});

test('published addresses lead to both ports through a rollout and a supervisor kill, until they are removed', async (t) => {
  const scene = setScene(t);
  const { spec: named, rpc } = await withPort(scene, 'api');
  const ports = await Promise.all(
    ['one', 'two'].map(async (name) => (await scene.spec(name)).listen?.port ?? 0),
  );
  const [main, further] = ports.map((port) => ({ host: publishedHost, port }));
  assert.ok(main && further);
  const spec = { ...named, published: [main, { ...further, variable: rpc.variable }] };
  const mainOf = async () => {
    const answer = await fetch(`http://${publishedHost}:${main.port}/`, { headers: { connection: 'close' } });
    return ((await answer.json()) as { version: string }).version;
  };
  const furtherOf = () => visit({ ...spec, listen: { ...further, mode: 'balanced' } }, further);
  const before = await applyWorkload(scene.folder('api'), spec);
  assert.equal(await mainOf(), '1');
  assert.equal(await furtherOf(), 'api-1 1');
  const answers: string[] = [];
  let rolling = true;
  const load = (async () => {
    while (rolling) answers.push(await mainOf(), await furtherOf());
  })();
  await applyWorkload(scene.folder('api'), nextVersion(spec, '2'));
  rolling = false;
  await load;
  assert.ok(!answers.includes(''), 'no connection is closed without an answer');
  assert.equal(await mainOf(), '2');
  const rolled = await statusWhere(
    scene.folder('api'),
    ({ replicas }) => replicas.length === 1,
    'it has one replica',
  );
  assert.notDeepEqual(rolled.replicas, before.replicas);
  await applyWorkload(scene.folder('neighbour'), await scene.spec('neighbour'));
  await killSupervisor(scene.folder('api'), rolled);
  await eventually(() => mainOf().catch(() => undefined));
  assert.match(await furtherOf(), / 2$/);
  const unpublished = { ...nextVersion(named, '2'), deploymentId: '3' };
  const after = await applyWorkload(scene.folder('api'), unpublished);
  assert.deepEqual(
    after.replicas.map(({ pid }) => pid),
    rolled.replicas.map(({ pid }) => pid),
  );
  await assert.rejects(furtherOf(), { code: 'ECONNREFUSED' });
  assert.equal(await visit(spec, rpc), await visit(unpublished, rpc));
});
