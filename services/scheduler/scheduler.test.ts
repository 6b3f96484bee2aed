import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { freePort, startRedis, type TestServer } from '../../tests/servers.ts';
import { startProcess } from '../../tests/service-process.ts';
import { loadPresences } from '../shared/presence.ts';
import { createQueue } from '../shared/queues.ts';
import { addDueJobs } from './due-jobs.ts';

let server: TestServer;
let connection: Redis;
let queues: ReturnType<typeof openQueues>;

const openQueues = () => ({
  notifications: createQueue(connection, 'notifications'),
  cleanup: createQueue(connection, 'cleanup'),
});

beforeAll(async () => {
  server = await startRedis();
  connection = new Redis(server.url, { maxRetriesPerRequest: null });
  queues = openQueues();
});
afterAll(async () => {
  await queues.notifications.close();
  await queues.cleanup.close();
  connection.disconnect();
  await server.close();
});

test('the jobs of a tick are added once, even if it runs often, and the cleanup once a day', async () => {
  const at = (time: string) => addDueJobs(queues, new Date(`2026-03-${time}Z`), 'test');
  const times = ['03T09:05:00', '03T09:05:01', '03T09:09:59', '03T09:10:00', '03T23:59:59', '04T00:00:00'];
  const ids = await Promise.all(times.map(at));
  assert.deepEqual(ids, [
    ['reminders-20260303T0905', 'cleanup-20260303'],
    ['reminders-20260303T0905', 'cleanup-20260303'],
    ['reminders-20260303T0905', 'cleanup-20260303'],
    ['reminders-20260303T0910', 'cleanup-20260303'],
    ['reminders-20260303T2355', 'cleanup-20260303'],
    ['reminders-20260304T0000', 'cleanup-20260304'],
  ]);
  assert.equal(await queues.notifications.getWaitingCount(), 4);
  assert.equal(await queues.cleanup.getWaitingCount(), 2);
  await queues.notifications.obliterate();
  await queues.cleanup.obliterate();
});

test('three processes at the same tick exit 0, add each job once and report that they ran', async () => {
  const environment = { REDIS_URL: server.url, RAILWAY_SERVICE_NAME: 'scheduler' };
  const runs = [1, 2, 3].map(() => startProcess('scheduler/main.ts', environment));
  assert.deepEqual(await Promise.all(runs.map(({ exited }) => exited)), [0, 0, 0]);
  for (const queue of [queues.notifications, queues.cleanup]) {
    const jobs = await queue.getWaiting();
    // Two jobs if a tick ends between the runs.
    assert.equal(jobs.length, new Set(jobs.map(({ id }) => id)).size);
    assert.ok(jobs.length <= 2 && jobs.length >= 1);
    assert.ok(runs.some(({ log }) => log[0]?.correlationId === jobs[0]?.data.correlationId));
  }
  const { presences } = await loadPresences(connection);
  assert.deepEqual(
    presences.map(({ service, interval }) => [service, interval]),
    [['scheduler', 300]],
  );
});

test('without Redis it logs the reason and fails, in bounded time', async () => {
  const run = startProcess('scheduler/main.ts', { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
  assert.equal(await run.exited, 1);
  assert.ok(run.log.some(({ level, msg }) => level === 'warn' && msg === 'redis cannot be reached'));
  assert.equal(run.log.at(-1)?.level, 'fatal');
});
