import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { addEventJobs } from '../api/events/jobs.ts';
import { reconcile } from '../api/events/reconciler.ts';
import { createQueue } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';

const shifts = 300;

let rota: TestRota;
let api: { app: Server; url: string };
let connection: Redis;
let queues: ReturnType<typeof openQueues>;
let pool: Pool;

const openQueues = () => ({
  notifications: createQueue(connection, 'notifications'),
  reports: createQueue(connection, 'reports'),
  cleanup: createQueue(connection, 'cleanup'),
});

beforeAll(async () => {
  rota = await startRota();
  api = await rota.startApi();
  pool = new Pool({ connectionString: rota.database.appUrl });
  connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  queues = openQueues();
});
afterAll(async () => {
  await Promise.all(Object.values(queues).map((queue) => queue.close()));
  connection.disconnect();
  await pool.end();
  await rota.close();
});

/** Reconciles as the api does every few seconds, without the wait. */
const heal = () => reconcile(pool, (events) => addEventJobs(queues, events), 0);

test('a job that Redis loses before it is processed still takes effect, once', async () => {
  await Promise.all([book(0), request()]);
  await published();
  assert.equal(await queues.notifications.getWaitingCount(), 1);
  await connection.flushall();
  assert.equal(await queues.notifications.getWaitingCount(), 0);
  await heal();
  await heal();
  // A pool of its own, so that waiting effects do not delay bookings.
  await rota.startWorker((await rota.startApi()).url);
  await eventually(async () => (await effects()).length === 2);
  await connection.flushall();
  await heal();
  assert.equal(await queues.notifications.getWaitingCount(), 0, 'no job is left to add again');
});

test('a FLUSHALL during processing, and duplicate jobs: nothing is lost or doubled', async () => {
  const before = (await effects()).length;
  for (let day = 1; day <= shifts; day++) {
    // While effects wait, jobs accumulate for FLUSHALL to delete.
    if (day === shifts / 2) await rota.sql('begin; lock table notifications in share mode');
    await book(day);
    if (day === shifts - 50) await forget();
  }
  await published();
  await heal();
  await eventually(async () => {
    await heal();
    return (await effects()).length - before === shifts;
  });
  const subjects = (await effects()).map(({ subject }) => subject);
  assert.equal(new Set(subjects).size, subjects.length);
});

async function forget(): Promise<void> {
  await published();
  assert.ok((await queues.notifications.getWaitingCount()) > 0);
  await connection.flushall();
  await rota.sql('commit');
}

async function book(day: number): Promise<void> {
  const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10);
  const payload = { employee: 'Ada', role: 'chef', start: `${date}T09:00:00Z`, end: `${date}T17:00:00Z` };
  const response = await api.app.inject({ method: 'POST', url: '/api/v1/shifts', payload });
  assert.equal(response.statusCode, 201, response.body);
}

async function request(): Promise<void> {
  await api.app.inject({ method: 'POST', url: '/api/v1/reports', payload: { week: '2027-01-04' } });
}

async function published(): Promise<void> {
  await eventually(
    async () => (await rota.sql('select from outbox where published_at is null')).rows.length === 0,
  );
}

async function effects(): Promise<{ subject: string }[]> {
  const sql = `select shift_id as subject from notifications
    union all select id from reports where completed_at is not null`;
  return (await rota.sql<{ subject: string }>(sql)).rows;
}
