import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { applyWorkload, readWorkload, stopWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import { workloadMark } from './leftovers.ts';
import type { WorkloadStatus } from './spec.ts';
import { ask, readLog, setScene, statusWhere, urlOf } from './testing.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = process.platform === 'linux' ? undefined : 'needs /proc';

test('only the killed replica restarts, and requests during the restart are answered', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  const [victim, other] = before.replicas;
  assert.ok(victim && other);
  process.kill(victim.pid, 'SIGKILL');
  let asking = true;
  const load = (async () => {
    while (asking) await ask(spec);
  })();
  const after = await statusWhere(
    folder,
    ({ state, replicas }) => state === 'ready' && replicas[0]?.pid !== victim.pid,
    'a new process in its place',
  );
  asking = false;
  await load;
  assert.deepEqual(
    after.replicas.map(({ id, restarts }) => `${id} ${restarts}`),
    ['api-1 1', 'api-2 0'],
  );
  assert.equal(after.replicas[1]?.pid, other.pid);
  assert.match(readLog(spec), /supervisor api-1 was ended by SIGKILL, starts again in/);
});

test('while a replica is down, the status shows how it ended', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const { replicas } = await applyWorkload(folder, spec);
  writeFileSync(join(scene.root, 'hold'), '');
  process.kill(replicas[1]?.pid ?? 0, 'SIGKILL');
  const { failure } = await statusWhere(folder, ({ state }) => state === 'degraded', 'the end is noticed');
  assert.match(failure?.reason ?? '', /^api-2 was ended by SIGKILL, restarts: [01]$/);
  assert.deepEqual(failure?.log.slice(-1), ['listening']);
});

test('requests wait while the only replica starts again', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const before = await applyWorkload(folder, spec);
  const hold = join(scene.root, 'hold');
  writeFileSync(hold, '');
  process.kill(before.replicas[0]?.pid ?? 0, 'SIGKILL');
  await statusWhere(folder, ({ state }) => state === 'degraded', 'the end is noticed');
  const answer = ask(spec);
  rmSync(hold);
  assert.notEqual((await answer).pid, before.replicas[0]?.pid);
});

test('a replica that is not ready gets no requests and is not restarted', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  await applyWorkload(folder, spec);
  const { replica, pid } = await ask(spec, '/unready');
  const isUnready = (status: WorkloadStatus) =>
    status.replicas.find(({ id }) => id === replica)?.state === 'unready';
  assert.equal((await statusWhere(folder, isUnready, 'the failed check is noticed')).state, 'degraded');
  for (let index = 0; index < 6; index++) assert.notEqual((await ask(spec)).pid, pid);
});

test('a replica that used up its restarts leaves the workload failed', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { restart: { policy: 'on-failure', maxRetries: 1 } });
  await applyWorkload(folder, spec);
  // The balancer does not send a POST again to another replica.
  const crash = async () =>
    assert.equal((await fetch(urlOf(spec, '/crash'), { method: 'POST' })).status, 502);
  await crash();
  await statusWhere(
    folder,
    ({ state, replicas }) => state === 'ready' && replicas[0]?.restarts === 1,
    'one restart',
  );
  await crash();
  const status = await statusWhere(folder, ({ state }) => state === 'failed', 'no second restart');
  assert.match(
    status.failure?.reason ?? '',
    /^api-1 ended with exit code 3; restart policy on-failure, restarts: 1$/,
  );
  assert.deepEqual(status.failure?.log.slice(-1), ['listening']);
});

unless(lack).test('processes without a record are found by the mark in their environment', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const before = await applyWorkload(folder, spec);
  process.kill(before.supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined);
  writeFileSync(join(folder, 'status.json'), JSON.stringify({ ...before, replicas: [] }));
  await stopWorkload(folder);
  assert.deepEqual(marked(folder), []);
});

test('child processes of a shell can finish their work before they end', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('worker');
  const finish =
    "process.on('SIGTERM', () => setTimeout(() => { console.log('finished'); process.exit(0); }, 300));";
  writeFileSync(
    join(scene.root, 'work.mjs'),
    `${finish} console.log('at work'); setInterval(() => {}, 1000);`,
  );
  const spec = scene.quiet('worker', { command: `true && '${process.execPath}' work.mjs; true` });
  await applyWorkload(folder, spec);
  await eventually(() => readLog(spec).includes('at work'));
  await stopWorkload(folder);
  assert.match(readLog(spec), /worker-1 finished\n$/);
});

test('a process without a mark in its environment is found by its record', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('worker');
  const status = await applyWorkload(
    folder,
    scene.quiet('worker', { command: ['env', '-i', 'sleep', '1000'] }),
  );
  process.kill(status.supervisor.pid, 'SIGKILL');
  await eventually(() => readWorkload(folder) === undefined);
  await stopWorkload(folder);
  assert.ok(status.replicas.every((replica) => !isAlive(replica)));
});

test('a neighbour starts a killed supervisor again', async (t) => {
  const scene = setScene(t);
  const spec = await scene.spec('api');
  await applyWorkload(scene.folder('web'), await scene.spec('web'));
  const before = await applyWorkload(scene.folder('api'), spec);
  process.kill(before.supervisor.pid, 'SIGKILL');
  await statusWhere(
    scene.folder('api'),
    ({ supervisor, state }) => supervisor.pid !== before.supervisor.pid && state === 'ready',
    'the new supervisor reports ready',
  );
  assert.ok(before.replicas.every(isAlive));
  assert.equal((await ask(spec)).pid, before.replicas[0]?.pid);
});

unless(lack).test('child processes of a shell end with it', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('worker');
  await applyWorkload(folder, scene.quiet('worker', { command: 'sleep 1000 & sleep 1000; true' }));
  await eventually(() => marked(folder).length === 3);
  await stopWorkload(folder);
  assert.deepEqual(marked(folder), []);
});

/** Returns the processes that have the mark of this workload in their environment. */
function marked(folder: string): string[] {
  const [entry] = Object.entries(workloadMark(folder)).map(([name, value]) => `${name}=${value}`);
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/environ`, 'latin1')
          .split('\0')
          .includes(entry ?? '')
      );
    } catch {
      return false; // The process has just ended.
    }
  });
}
