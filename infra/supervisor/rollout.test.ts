import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';
import { ask, nextVersion, readLog, setScene, statusWhere, urlOf } from './testing.ts';
import type { Answer } from './testing.ts';

test('requests are distributed over all replicas, also on one keep-alive connection', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api', { replicas: 3 });
  await applyWorkload(scene.folder('api'), spec);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.onTestFinished(() => agent.destroy());
  const counts = new Map<string, number>();
  for (let index = 0; index < 30; index++) {
    const { replica } = await send(spec, 'GET', agent);
    counts.set(replica, (counts.get(replica) ?? 0) + 1);
  }
  assert.deepEqual([...counts.entries()].toSorted(), [
    ['api-1', 10],
    ['api-2', 10],
    ['api-3', 10],
  ]);
});

test('no request fails during three consecutive rollouts', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  await applyWorkload(folder, spec);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  t.onTestFinished(() => agent.destroy());

  const answers: Answer[] = [];
  let rolling = true;
  const more = async (count: number) => {
    const before = answers.length;
    await eventually(() => answers.length > before + count);
  };
  const load = Array.from({ length: 8 }, async (_, client) => {
    // Half of the clients use keep-alive connections, half send POST requests.
    while (rolling)
      answers.push(await send(spec, client % 2 ? 'POST' : 'GET', client < 4 ? agent : undefined));
  });
  await more(100);
  for (const version of ['2', '3', '4']) {
    await applyWorkload(folder, nextVersion(spec, version));
    await more(100);
    await statusWhere(
      folder,
      ({ replicas }) => replicas.length === 2,
      `the replicas before ${version} are gone`,
    );
  }
  rolling = false;
  await Promise.all(load);
  assert.deepEqual([...new Set(answers.map(({ version }) => version))], ['1', '2', '3', '4']);
});

test('if the new version never gets ready, the old one continues to serve', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const old = await applyWorkload(folder, spec);
  const bad = nextVersion(spec, '2', { timeout: 10 });
  let failed = false;
  const versions = new Set<string>();
  const load = (async () => {
    while (!failed) versions.add((await ask(spec)).version);
  })();
  await assert.rejects(applyWorkload(folder, { ...bad, env: { ...bad.env, READY: 'never' } }), /still serve/);
  failed = true;
  await load;
  assert.deepEqual([...versions], ['1']);
  const status = await statusWhere(
    folder,
    ({ replicas }) => replicas.length === 1,
    'the new replica is gone',
  );
  assert.equal(status.replicas[0]?.pid, old.replicas[0]?.pid);
  assert.equal(status.failure?.check?.includes('503'), true);
  // The old deployment still serves: applying it again starts no process.
  assert.deepEqual((await applyWorkload(folder, spec)).replicas, old.replicas);
});

test('if the new version fails its liveness check, the old one continues to serve', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const old = await applyWorkload(folder, spec);
  const bad = nextVersion(spec, '2', { timeout: 10, env: { ...spec.env, VERSION: '2', HEALTH: 'gone' } });
  await assert.rejects(
    applyWorkload(folder, bad),
    /^Failed check: GET http:.*\/health: answered 404$[^]*still serve/m,
  );
  const { version, pid } = await ask(spec);
  assert.deepEqual([version, pid], ['1', old.replicas[0]?.pid]);
});

test('a slow request completes during a rollout, even if the server does not drain itself', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { stop: { signal: 'SIGINT', grace: 30 } });
  const old = await applyWorkload(folder, spec);
  const slow = ask(spec, '/held');
  await eventually(() => readLog(spec).includes('held'));
  await applyWorkload(folder, nextVersion(spec, '2'));
  assert.equal((await ask(spec)).version, '2');
  writeFileSync(join(scene.root, 'go'), '');
  assert.equal((await slow).version, '1');
  await eventually(() => old.replicas.every((replica) => !isAlive(replica)));
});

test('an upgraded connection is tunnelled and ends with its replica', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { stop: { signal: 'SIGINT', grace: 5 } });
  await applyWorkload(folder, spec);
  const upgrade = request(urlOf(spec), { headers: { connection: 'Upgrade', upgrade: 'echo' } });
  upgrade.end();
  const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Socket];
  socket.write('hello');
  assert.equal(String((await once(socket, 'data'))[0]), 'hello');
  await applyWorkload(folder, nextVersion(spec, '2'));
  socket.resume();
  await once(socket, 'close');
});

test('a server that listens itself stops before its successor starts, and starts again if that one fails', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('db');
  const { listen, ...rest } = await scene.spec('db');
  assert.ok(listen);
  const spec: WorkloadSpec = { ...rest, listen: { ...listen, mode: 'own' } };
  await applyWorkload(folder, spec);
  await applyWorkload(folder, nextVersion(spec, '2'));
  assert.equal((await ask(spec)).version, '2');
  await eventually(() => /listening\n.* draining\n.* listening\n/.test(readLog(spec)));
  const bad = nextVersion(spec, '3', { timeout: 3 });
  await assert.rejects(applyWorkload(folder, { ...bad, env: { ...bad.env, READY: 'never' } }));
  const { version } = await eventually(() => ask(spec).catch(() => undefined));
  assert.equal(version, '2');
});

test('a changed number of replicas keeps the running ones', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const two = await applyWorkload(folder, spec);
  const three = await applyWorkload(folder, { ...spec, deploymentId: '2', replicas: 3 });
  assert.deepEqual(three.replicas.slice(0, 2), two.replicas);
  const one = await applyWorkload(folder, { ...spec, deploymentId: '3', replicas: 1 });
  assert.deepEqual(one.replicas[0], two.replicas[0]);
  await statusWhere(folder, ({ replicas }) => replicas.length === 1, 'the others have left');
});

test('connections are balanced if the service has no HTTP health check', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api', { replicas: 2, health: 'tcp' });
  await applyWorkload(scene.folder('api'), spec);
  const replicas = new Set<string>();
  for (let index = 0; index < 4; index++) {
    const socket = connect({ ...spec.listen, port: spec.listen?.port ?? 0 });
    socket.end('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    const chunks = await socket.toArray();
    replicas.add(/x-replica: (\S+)/.exec(Buffer.concat(chunks as Buffer[]).toString())?.[1] ?? 'none');
  }
  assert.deepEqual([...replicas].toSorted(), ['api-1', 'api-2']);
});

async function send(spec: WorkloadSpec, method: string, agent?: Agent): Promise<Answer> {
  const outgoing = request(urlOf(spec), { method, ...(agent && { agent }) });
  outgoing.end(method === 'POST' ? 'body' : undefined);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const answer = Buffer.concat((await response.toArray()) as Buffer[]).toString();
  assert.equal(response.statusCode, 200, answer);
  return JSON.parse(answer) as Answer;
}
