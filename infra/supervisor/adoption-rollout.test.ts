import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { applyWorkload, readWorkload, stopWorkload } from './control.ts';
import { isAlive } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';
import { startSupervisor } from './start.ts';
import { ask, killSupervisor, nextVersion, readLog, setScene, statusWhere } from './testing.ts';

test('a rollout whose supervisor is killed starts again, while the old replicas serve', async (t) => {
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
  const { version } = await eventually(() => ask(spec).catch(() => undefined));
  assert.equal(version, '1');
  assert.ok(old.replicas.every(isAlive));
  rmSync(hold);
  await applied;
  assert.equal((await ask(spec)).version, '2');
  const after = await statusWhere(folder, ({ replicas }) => replicas.length === 2, 'the others have left');
  assert.ok(after.replicas.every(({ pid }) => !coming.replicas.some((each) => each.pid === pid)));
  assert.ok(coming.replicas.every((replica) => !isAlive(replica)));
});

test('an apply with a changed spec replaces adopted replicas, and a stop ends them', async (t) => {
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
  const third = await statusWhere(folder, ({ state }) => state === 'ready', 'the replicas are adopted');
  assert.deepEqual(third.replicas, second.replicas);
  await stopWorkload(folder);
  assert.ok(third.replicas.every((replica) => !isAlive(replica)));
  assert.deepEqual(readdirSync(folder), ['supervisor.log']);
});

test('the next supervisor does not try a failed rollout again', async (t) => {
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
  const after = await statusWhere(folder, ({ state }) => state === 'failed', 'the failure is reported again');
  assert.deepEqual({ ...after, supervisor: 0 }, { ...failed, supervisor: 0 });
  assert.equal((await ask(spec)).pid, old.replicas[0]?.pid);
  assert.ok(before);
  assert.equal(tries(), before);
});

test('replicas without output pipes, as an older version started them, are replaced', async (t) => {
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

test('after a failed update, the previous version restarts even if supervisor and replicas are killed together', async (t) => {
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
  const { version } = await eventually(() => ask(spec).catch(() => undefined));
  assert.equal(version, '1');
  assert.equal(readWorkload(folder)?.state, 'failed');
});

test('an address that is in use for a moment does not fail an adoption', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  const before = await applyWorkload(folder, spec);
  await killSupervisor(folder, before);
  const other = await occupy(spec.listen);
  startSupervisor(folder);
  await eventually(() => readLog(spec).includes('is already in use by'));
  other.close();
  const after = await statusWhere(folder, ({ state }) => state !== 'starting', 'the workload is adopted');
  assert.equal(after.state, 'ready', after.failure?.reason);
  assert.equal((await ask(spec)).pid, before.replicas[0]?.pid);
});

test('the failure of an adoption is cleared when the next rollout succeeds', async (t) => {
  const scene = setScene(t);
  const folder = scene.folder('api');
  const spec = await scene.spec('api');
  await killSupervisor(folder, await applyWorkload(folder, spec));
  const other = await occupy(spec.listen);
  t.onTestFinished(() => void other.close());
  const { listen } = await scene.spec('elsewhere');
  assert.ok(listen);
  const moved = nextVersion(spec, '2', { listen });
  assert.equal((await applyWorkload(folder, moved)).failure, undefined);
  assert.equal((await ask(moved)).version, '2');
});

/** Listens at the address of a killed supervisor as soon as the kernel has closed its sockets. */
function occupy(listen: WorkloadSpec['listen']): Promise<Server> {
  return eventually(async () => {
    const server = createServer().listen(listen);
    return once(server, 'listening').then(
      () => server,
      () => undefined,
    );
  });
}
