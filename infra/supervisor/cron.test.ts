import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload, stopWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import { readLog, setScene, statusWhere } from './testing.ts';
import type { Scene } from './testing.ts';

/** Returns the spec of a cron workload whose command waits for the file `go`, then ends with exit code 7. */
function waiting(scene: Scene) {
  const command = 'echo begun; while [ ! -e go ]; do sleep 0.05; done; exit 7';
  return scene.quiet('tick', { command, cron: '0 0 1 1 *' });
}

test('runs never overlap: a tick during a run is skipped and logged', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('tick');
  const spec = waiting(scene);
  const { supervisor, state, cron } = await applyWorkload(folder, spec);
  assert.equal(state, 'scheduled');
  assert.match(cron?.next ?? '', /-01-01T00:00:00\.000Z$/);

  const tick = () => process.kill(supervisor.pid, 'SIGUSR2');
  tick();
  const running = await statusWhere(folder, (status) => status.cron?.running === true, 'the run begins');
  tick();
  await eventually(() => readLog(spec).includes('tick skipped'));
  assert.deepEqual((await statusWhere(folder, () => true, 'status')).replicas, running.replicas);
  writeFileSync(join(scene.root, 'go'), '');
  const ended = await statusWhere(folder, (status) => status.cron?.running === false, 'the run ends');
  assert.equal(ended.cron?.last?.exitCode, 7);
  assert.equal(ended.cron?.last?.at, running.replicas[0]?.startedAt);
  assert.ok((ended.cron?.last?.seconds ?? 0) > 0);
  assert.equal(readLog(spec).match(/begun/g)?.length, 1);

  tick();
  await eventually(() => readLog(spec).match(/begun/g)?.length === 2);
});

test('a run continues when the schedule changes, and is stopped with the workload', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('tick');
  const spec = waiting(scene);
  const { supervisor } = await applyWorkload(folder, spec);
  process.kill(supervisor.pid, 'SIGUSR2');
  const running = await statusWhere(folder, ({ replicas }) => replicas.length === 1, 'the run begins');
  const changed = await applyWorkload(folder, { ...spec, deploymentId: '2', cron: '30 6 * * *' });
  assert.match(changed.cron?.next ?? '', /T06:30:00\.000Z$/);
  assert.deepEqual(changed.replicas, running.replicas);
  await stopWorkload(folder);
  assert.ok(running.replicas.every((replica) => !isAlive(replica)));
  assert.equal(existsSync(join(folder, 'status.json')), false);
});

test('a failed run is repeated until it succeeds or has no retries left, and ticks meanwhile are skipped', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('tick');
  // The first run succeeds at its third attempt, the second one fails three times.
  const command =
    'echo begun; while [ ! -e go ]; do sleep 0.05; done; echo x >> tries; [ "$(wc -l < tries)" -eq 3 ]';
  const spec = scene.quiet('tick', { command, cron: '0 0 1 1 *', timezone: 'Asia/Tokyo', retries: 2 });
  const { supervisor, cron } = await applyWorkload(folder, spec);
  assert.match(cron?.next ?? '', /-12-31T15:00:00\.000Z$/);
  const tick = () => process.kill(supervisor.pid, 'SIGUSR2');
  tick();
  await statusWhere(folder, (status) => status.replicas.length === 1, 'the run begins');
  tick();
  await eventually(() => readLog(spec).includes('tick skipped'));
  writeFileSync(join(scene.root, 'go'), '');
  const first = await statusWhere(folder, (status) => status.cron?.running === false, 'the run ends');
  assert.equal(first.cron?.last?.exitCode, 0);
  assert.equal(readLog(spec).match(/begun/g)?.length, 3);

  tick();
  await eventually(() => readLog(spec).match(/begun/g)?.length === 6);
  const second = await statusWhere(folder, (status) => status.cron?.running === false, 'the run ends');
  assert.equal(second.cron?.last?.exitCode, 1);
  assert.equal(readLog(spec).match(/starts again in/g)?.length, 4);
});
