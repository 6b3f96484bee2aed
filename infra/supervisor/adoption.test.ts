import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload, readWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';
import { startSupervisor } from './start.ts';
import { ask, killSupervisor, readLog, setScene, statusWhere } from './testing.ts';

test('replicas outlive their supervisor, and the next supervisor adopts them', async (t) => {
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
  const after = await statusWhere(
    folder,
    ({ state }) => state === 'ready',
    'the next supervisor reports ready',
  );
  assert.notEqual(after.supervisor.pid, before.supervisor.pid);
  assert.deepEqual(after.replicas, before.replicas);
  assert.equal(after.serving, before.serving);
  const pids = new Set(before.replicas.map(({ pid }) => pid));
  for (let index = 0; index < 4; index++) assert.ok(pids.has((await ask(spec)).pid));

  // The supervisor still restarts adopted replicas and counts their restarts.
  process.kill(after.replicas[1]?.pid ?? 0, 'SIGKILL');
  const healed = await statusWhere(
    folder,
    ({ state, replicas }) => state === 'ready' && replicas[1]?.restarts === 1,
    'the other one is restarted',
  );
  assert.deepEqual(healed.replicas[0], before.replicas[0]);
  assert.match(readLog(spec), /supervisor api-2 ended .*, starts again in/);
});

test('replicas can write while no supervisor runs, and the next supervisor logs their output', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('worker');
  const command =
    'while [ ! -e go ]; do sleep 0.02; done; for n in 1 2 3 4 5 6 7 8; do echo out $n; echo err $n >&2; done; touch written; sleep 1000';
  const spec = scene.quiet('worker', { command });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  writeFileSync(join(scene.root, 'go'), '');
  await eventually(() => existsSync(join(scene.root, 'written')));
  startSupervisor(folder);
  await eventually(() => readLog(spec).includes('err 8'));
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

test('a supervisor and a replica that are killed at the same time are both replaced', async (t) => {
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

test('a server that listens itself continues to run without its supervisor', async (t) => {
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

test('a cron run outlives its supervisor, and the next supervisor records its end', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('tick');
  const command = 'while [ ! -e go ]; do sleep 0.05; done; echo done';
  const spec = scene.quiet('tick', { command, cron: '0 0 1 1 *' });
  const { supervisor } = await applyWorkload(folder, spec);
  process.kill(supervisor.pid, 'SIGUSR2');
  const running = await statusWhere(folder, ({ replicas }) => replicas.length === 1, 'the run begins');
  await killSupervisor(folder, running);
  startSupervisor(folder);
  const adopted = await statusWhere(folder, ({ state }) => state === 'scheduled', 'the workload is adopted');
  assert.deepEqual(adopted.replicas, running.replicas);
  assert.equal(adopted.cron?.running, true);
  writeFileSync(join(scene.root, 'go'), '');
  const ended = await statusWhere(folder, ({ cron }) => cron?.running === false, 'the run ends');
  assert.equal(ended.cron?.last?.exitCode, null);
  assert.equal(ended.cron?.last?.at, running.replicas[0]?.startedAt);
  assert.match(readLog(spec), /tick-1 done\n/);
});

test('when several supervisors start at the same time, one adopts the replicas', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2 });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  for (let index = 0; index < 5; index++) startSupervisor(folder);
  const after = await statusWhere(folder, ({ state }) => state === 'ready', 'one supervisor reports ready');
  assert.deepEqual(after.replicas, before.replicas);
  await eventually(() => readdirSync(folder).filter((name) => name.endsWith('.lock')).length === 1);
  assert.ok(existsSync(join(folder, 'serving.json')));
  assert.deepEqual(readWorkload(folder)?.replicas, before.replicas);
});

test('the end of a replica in backoff is counted once across supervisors', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api', { replicas: 2, restart: { policy: 'on-failure', maxRetries: 1 } });
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  const [first, ...others] = before.replicas;
  assert.ok(first);
  process.kill(first.pid, 'SIGKILL');
  await eventually(() => !isAlive(first));
  const waits = { ...first, pid: 0, startTime: '', state: 'backoff', retries: 1 };
  writeFileSync(join(folder, 'status.json'), JSON.stringify({ ...before, replicas: [waits, ...others] }));
  startSupervisor(folder);
  const after = await statusWhere(
    folder,
    ({ state }) => ['ready', 'failed'].includes(state),
    'the workload is adopted',
  );
  assert.equal(after.state, 'ready', after.failure?.reason);
  assert.equal(after.replicas[0]?.restarts, 1);
});
