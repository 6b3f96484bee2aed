import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { applyWorkload, readWorkload, stopWorkload } from './control.ts';
import { isAlive } from './identity.ts';
import type { WorkloadSpec, WorkloadStatus } from './spec.ts';
import { startSupervisor } from './start.ts';
import { ask, eventually, nextVersion, readLog, setScene, statusWhere } from './testing.ts';

test('replicas outlive their supervisor, and the next one goes on with them', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const first = await applyWorkload(folder, spec);
  process.kill(first.replicas[0]?.pid ?? 0, 'SIGKILL');
  const before = await statusWhere(
    folder,
    ({ state, replicas }) => state === 'ready' && replicas[0]?.restarts === 1,
    'one restart',
  );
  await killSupervisor(folder, before);
  startSupervisor(folder);
  const after = await statusWhere(folder, ({ state }) => state === 'ready', 'another supervisor has it');
  assert.notEqual(after.supervisor.pid, before.supervisor.pid);
  assert.deepEqual(after.replicas, before.replicas);
  assert.equal(after.serving, before.serving);
  const pids = new Set(before.replicas.map(({ pid }) => pid));
  for (let index = 0; index < 4; index++) assert.ok(pids.has((await ask(spec)).pid));

  // They are still kept alive and counted.
  process.kill(after.replicas[1]?.pid ?? 0, 'SIGKILL');
  const healed = await statusWhere(
    folder,
    ({ state, replicas }) => state === 'ready' && replicas[1]?.restarts === 1,
    'the other one is restarted',
  );
  assert.deepEqual(healed.replicas[0], before.replicas[0]);
  assert.match(readLog(spec), /supervisor api-2 ended .*, starts again in/);
});

test('what replicas write while nobody reads is not lost, and does not end them', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('worker');
  const command =
    'while [ ! -e go ]; do sleep 0.02; done; for n in 1 2 3 4 5 6 7 8; do echo out $n; echo err $n >&2; done; touch written; sleep 1000';
  const spec = scene.quiet('worker', { command });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  writeFileSync(join(scene.root, 'go'), '');
  await eventually(() => existsSync(join(scene.root, 'written')), 'it has written everything');
  startSupervisor(folder);
  await eventually(() => readLog(spec).includes('err 8'), 'the next supervisor reads it');
  for (const stream of ['out', 'err']) {
    const lines = [...readLog(spec).matchAll(new RegExp(` worker-1 (${stream} .*)`, 'g'))].map(
      ([, line]) => line,
    );
    assert.deepEqual(
      lines,
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((n) => `${stream} ${n}`),
    );
  }
  assert.ok(before.replicas.every(isAlive));
});

test('a supervisor and one of its replicas that are killed at once both come back', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  process.kill(before.supervisor.pid, 'SIGSTOP');
  process.kill(before.replicas[0]?.pid ?? 0, 'SIGKILL');
  await killSupervisor(folder, before);
  startSupervisor(folder);
  const after = await statusWhere(folder, ({ state }) => state === 'ready', 'both are back');
  assert.deepEqual(after.replicas[1], before.replicas[1]);
  assert.deepEqual(
    after.replicas.map(({ id, restarts }) => `${id} ${restarts}`),
    ['api-1 1', 'api-2 0'],
  );
});

test('a server that listens itself runs on without its supervisor', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('db');
  const { listen, ...rest } = await scene.spec('db');
  assert.ok(listen);
  const spec: WorkloadSpec = { ...rest, listen: { ...listen, mode: 'own' } };
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  assert.equal((await ask(spec)).pid, before.replicas[0]?.pid);
  assert.deepEqual((await applyWorkload(folder, spec)).replicas, before.replicas);
});

test('a rollout whose supervisor is killed begins again, and what served does so meanwhile', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const old = await applyWorkload(folder, spec);
  const hold = join(scene.root, 'hold');
  writeFileSync(hold, '');
  const applied = applyWorkload(folder, nextVersion(spec, '2'));
  const coming = await statusWhere(folder, ({ replicas }) => replicas.length === 4, 'two more start');
  await killSupervisor(folder, coming);
  startSupervisor(folder);
  const { version } = await eventually(() => ask(spec).catch(() => undefined), 'somebody serves again');
  assert.equal(version, '1');
  assert.ok(old.replicas.every(isAlive));
  rmSync(hold);
  await applied;
  assert.equal((await ask(spec)).version, '2');
  const after = await statusWhere(folder, ({ replicas }) => replicas.length === 2, 'the others have left');
  assert.ok(after.replicas.every(({ pid }) => !coming.replicas.some((each) => each.pid === pid)));
  assert.ok(coming.replicas.every((replica) => !isAlive(replica)));
});

test('an apply with a changed spec rolls what was adopted, and a stop ends it', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  await applyWorkload(folder, nextVersion(spec, '2'));
  assert.equal((await ask(spec)).version, '2');
  const second = await statusWhere(folder, ({ replicas }) => replicas.length === 2, 'the old ones have left');
  assert.ok(before.replicas.every((replica) => !isAlive(replica)));

  await killSupervisor(folder, second);
  startSupervisor(folder);
  const third = await statusWhere(folder, ({ state }) => state === 'ready', 'they are adopted');
  assert.deepEqual(third.replicas, second.replicas);
  await stopWorkload(folder);
  assert.ok(third.replicas.every((replica) => !isAlive(replica)));
  assert.deepEqual(readdirSync(folder), ['supervisor.log']);
});

test('a rollout that failed stays failed, and is not tried again by the next supervisor', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { restart: { policy: 'never', maxRetries: 0 } });
  const old = await applyWorkload(folder, spec);
  const missing = nextVersion(spec, '2', { command: [process.execPath, join(scene.root, 'missing.mjs')] });
  await assert.rejects(applyWorkload(folder, missing), /still serve/);
  const failed = await statusWhere(
    folder,
    ({ replicas }) => replicas.length === 1,
    'only the old one is left',
  );
  const tries = () => readLog(spec).match(/Cannot find module/g)?.length;
  const before = tries();
  await killSupervisor(folder, failed);
  startSupervisor(folder);
  const after = await statusWhere(folder, ({ state }) => state === 'failed', 'it is told again');
  assert.deepEqual({ ...after, supervisor: 0 }, { ...failed, supervisor: 0 });
  assert.equal((await ask(spec)).pid, old.replicas[0]?.pid);
  assert.ok(before);
  assert.equal(tries(), before);
});

test('a run of a schedule goes on, and its end is noticed', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('tick');
  const command = 'while [ ! -e go ]; do sleep 0.05; done; echo done';
  const spec = scene.quiet('tick', { command, cron: '0 0 1 1 *' });
  const { supervisor } = await applyWorkload(folder, spec);
  process.kill(supervisor.pid, 'SIGUSR2');
  const running = await statusWhere(folder, ({ replicas }) => replicas.length === 1, 'the run begins');
  await killSupervisor(folder, running);
  startSupervisor(folder);
  const adopted = await statusWhere(folder, ({ state }) => state === 'scheduled', 'it is adopted');
  assert.deepEqual(adopted.replicas, running.replicas);
  assert.equal(adopted.cron?.running, true);
  writeFileSync(join(scene.root, 'go'), '');
  const ended = await statusWhere(folder, ({ cron }) => cron?.running === false, 'the run ends');
  assert.equal(ended.cron?.last?.exitCode, null);
  assert.equal(ended.cron?.last?.at, running.replicas[0]?.startedAt);
  assert.match(readLog(spec), /tick-1 done\n/);
});

test('what an older version has started, whose output goes with it, is replaced', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  rmSync(join(folder, 'output'), { recursive: true });
  rmSync(join(folder, 'serving.json'));
  const after = await applyWorkload(folder, spec);
  assert.ok(before.replicas.every((replica) => !isAlive(replica)));
  assert.equal(after.replicas.length, 2);
  assert.ok((await ask(spec)).pid);
});

test('of many supervisors that start at once, one adopts', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  for (let index = 0; index < 5; index++) startSupervisor(folder);
  const after = await statusWhere(folder, ({ state }) => state === 'ready', 'one has it');
  assert.deepEqual(after.replicas, before.replicas);
  await eventually(
    () => readdirSync(folder).filter((name) => name.endsWith('.lock')).length === 1,
    'one lock is left',
  );
  assert.ok(existsSync(join(folder, 'serving.json')));
  assert.deepEqual(readWorkload(folder)?.replicas, before.replicas);
});

test('a replica that waits for its restart has its end counted once', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2, restart: { policy: 'on-failure', maxRetries: 1 } });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  const [first, ...others] = before.replicas;
  assert.ok(first);
  process.kill(first.pid, 'SIGKILL');
  await eventually(() => !isAlive(first), 'it has ended');
  const waits = { ...first, pid: 0, startTime: '', state: 'backoff', retries: 1 };
  writeFileSync(join(folder, 'status.json'), JSON.stringify({ ...before, replicas: [waits, ...others] }));
  startSupervisor(folder);
  const after = await statusWhere(
    folder,
    ({ state }) => ['ready', 'failed'].includes(state),
    'it is adopted',
  );
  assert.equal(after.state, 'ready', after.failure?.reason);
  assert.equal(after.replicas[0]?.restarts, 1);
});

test('after a failed update, the version before comes back even if supervisor and replicas are killed at once', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  await applyWorkload(folder, spec);
  const missing = nextVersion(spec, '2', {
    command: [process.execPath, join(scene.root, 'missing.mjs')],
    restart: { policy: 'never', maxRetries: 0 },
  });
  await assert.rejects(applyWorkload(folder, missing), /still serve/);
  const failed = await statusWhere(folder, ({ replicas }) => replicas.length === 1, 'the new one is gone');
  process.kill(failed.supervisor.pid, 'SIGSTOP');
  process.kill(failed.replicas[0]?.pid ?? 0, 'SIGKILL');
  await killSupervisor(folder, failed);
  startSupervisor(folder);
  const { version } = await eventually(() => ask(spec).catch(() => undefined), 'somebody serves again');
  assert.equal(version, '1');
  assert.equal(readWorkload(folder)?.state, 'failed');
});

test('an address that is taken for a moment does not end an adoption', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  const other = await occupy(spec.listen);
  startSupervisor(folder);
  await eventually(() => readLog(spec).includes('is already in use by'), 'the address is in its way');
  other.close();
  const after = await statusWhere(folder, ({ state }) => state !== 'starting', 'it is adopted');
  assert.equal(after.state, 'ready', after.failure?.reason);
  assert.equal((await ask(spec)).pid, before.replicas[0]?.pid);
});

test('what cannot be adopted is forgotten when the next rollout succeeds', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  await killSupervisor(folder, await applyWorkload(folder, spec));
  const other = await occupy(spec.listen);
  t.after(() => other.close());
  const { listen } = await scene.spec('elsewhere');
  assert.ok(listen);
  const moved = nextVersion(spec, '2', { listen });
  assert.equal((await applyWorkload(folder, moved)).failure, undefined);
  assert.equal((await ask(moved)).version, '2');
});

/** Listens at the address of a killed supervisor, as soon as the kernel has closed what it had open. */
function occupy(listen: WorkloadSpec['listen']): Promise<Server> {
  return eventually(async () => {
    const server = createServer().listen(listen);
    return once(server, 'listening').then(
      () => server,
      () => undefined,
    );
  }, 'the address is free');
}

async function killSupervisor(folder: string, { supervisor }: WorkloadStatus): Promise<void> {
  process.kill(supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined, 'its end is noticed');
}
