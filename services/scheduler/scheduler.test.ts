import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { freePort, startRedis, type TestServer } from '../../tests/servers.ts';
import { startProcess } from '../../tests/service-process.ts';
import { notificationsQueue } from '../shared/jobs.ts';
import { addDueJobs } from './due-jobs.ts';

let server: TestServer;
let connection: Redis;
let queue: Queue<{ correlationId: string }>;

before(async () => {
  server = await startRedis();
  connection = new Redis(server.url, { maxRetriesPerRequest: null });
  queue = notificationsQueue(connection);
});
after(async () => {
  await queue.close();
  connection.disconnect();
  await server.close();
});

test('a tick is enqueued once, however often it is run', async () => {
  const at = (time: string) => addDueJobs(queue, new Date(`2026-03-03T${time}Z`), 'test');
  const ids = await Promise.all(['09:05:00', '09:05:01', '09:09:59', '09:10:00', '23:59:59'].map(at));
  assert.deepEqual(ids.flat(), [
    'reminders-20260303T0905',
    'reminders-20260303T0905',
    'reminders-20260303T0905',
    'reminders-20260303T0910',
    'reminders-20260303T2355',
  ]);
  assert.equal(await queue.getWaitingCount(), 3);
  await queue.obliterate();
});

test('three processes at the same tick exit 0 and leave one job', async () => {
  const runs = [1, 2, 3].map(() => startProcess('scheduler/main.ts', { REDIS_URL: server.url }));
  assert.deepEqual(await Promise.all(runs.map(({ exited }) => exited)), [0, 0, 0]);
  const jobs = await queue.getWaiting();
  // Two when the runs straddle the end of a tick.
  assert.equal(jobs.length, new Set(jobs.map(({ id }) => id)).size);
  assert.ok(jobs.length <= 2 && jobs.length >= 1);
  assert.ok(runs.some(({ log }) => log[0]?.correlationId === jobs[0]?.data.correlationId));
});

test('without Redis it says so and fails, in bounded time', async () => {
  const run = startProcess('scheduler/main.ts', { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
  assert.equal(await run.exited, 1);
  assert.ok(run.log.some(({ level, msg }) => level === 'warn' && msg === 'redis cannot be reached'));
  assert.equal(run.log.at(-1)?.level, 'fatal');
});
