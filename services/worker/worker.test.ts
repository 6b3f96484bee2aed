import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { remindersJobName } from '../shared/jobs.ts';
import { createQueue } from '../shared/queues.ts';
import type { Shift } from '../shared/shift.ts';
import { createApiClient } from './api-client.ts';
import { sendReminders } from './reminders.ts';

let rota: TestRota;
let api: Awaited<ReturnType<TestRota['startApi']>>;
let worker: Awaited<ReturnType<TestRota['startWorker']>>;
let connection: Redis;
let queue: Queue;

beforeAll(async () => {
  rota = await startRota();
  api = await rota.startApi();
  worker = await rota.startWorker(api.url);
  connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  queue = createQueue(connection, 'notifications');
});
afterAll(async () => {
  await queue.close();
  connection.disconnect();
  await rota.close();
});

interface Notification {
  kind: string;
  shiftId: string;
  message: string;
}

test('each change of a shift creates a notification', async () => {
  const { id } = await create('2026-03-03T09:00:00Z', '2026-03-03T17:00:00Z');
  const change = { url: `/api/v1/shifts/${id}`, headers: { 'if-match': '*' } };
  await api.app.inject({ ...change, method: 'PATCH', payload: { role: 'chef' } });
  await api.app.inject({ ...change, method: 'DELETE' });
  const mine = await eventually(async () => {
    const found = await notificationsOf(id);
    return found.length === 3 && found;
  });
  assert.deepEqual(mine.map(({ kind, message }) => [kind, message]).toSorted(), [
    ['shift.created', 'Ada: shift as barista on Tue 3 Mar 09:00–17:00 was added'],
    ['shift.deleted', 'Ada: shift as chef on Tue 3 Mar 09:00–17:00 was removed'],
    ['shift.updated', 'Ada: shift as chef on Tue 3 Mar 09:00–17:00 was changed'],
  ]);
});

test('a shift that starts within the hour is announced once, and again when it was moved', async () => {
  const soon = await create(inMinutes(30), inMinutes(90));
  const later = await create(inMinutes(120), inMinutes(180));
  const reminders = async (id: string) =>
    (await notificationsOf(id)).filter(({ kind }) => kind === 'shift.reminder').length;

  await tick();
  await tick();
  assert.equal(await reminders(soon.id), 1);
  assert.equal(await reminders(later.id), 0);

  const pool = new Pool({ connectionString: rota.database.readonlyUrl });
  const call = { correlationId: 'test', signal: AbortSignal.timeout(10_000) };
  const client = await createApiClient(api.url, rota.keys.privateKey);
  assert.equal(await sendReminders(pool, client, call), 0, 'nothing is left to announce');
  await pool.end();

  const moved = { start: inMinutes(20), end: inMinutes(80) };
  const headers = { 'if-match': '"1"' };
  await api.app.inject({ method: 'PATCH', url: `/api/v1/shifts/${soon.id}`, headers, payload: moved });
  await tick();
  assert.equal(await reminders(soon.id), 2);
});

test('an event that arrives twice gets one notification', async () => {
  const shift = await create('2026-03-05T09:00:00Z', '2026-03-05T17:00:00Z');
  const data = { eventId: 'repeated', kind: 'shift.updated' as const, shift, correlationId: 'test' };
  for (const jobId of ['first-time', 'second-time'])
    await finish(await queue.add('shift.updated', data, { jobId }));
  const found = (await notificationsOf(shift.id)).filter(({ kind }) => kind === 'shift.updated');
  assert.equal(found.length, 1);
});

test('a job with invalid data fails at once and delays no other', async () => {
  const job = await queue.add('shift.created', { nonsense: true });
  await eventually(() => job.isFailed());
  const failed = await queue.getJob(job.id ?? '');
  assert.equal(failed?.attemptsMade, 1);
  assert.match(failed?.failedReason ?? '', /data of job "shift.created" is not valid/);
  await tick();
});

test('readiness names the api when it is unavailable', async () => {
  const ready = async () =>
    (await worker.app.inject('/health/ready')).json<{ checks: Record<string, boolean> }>();
  await eventually(async () => Object.values((await ready()).checks).every(Boolean));
  assert.deepEqual(await ready(), { status: 'ready', checks: { database: true, redis: true, api: true } });
  await api.app.close();
  assert.deepEqual(await ready(), {
    status: 'not_ready',
    checks: { database: true, redis: true, api: false },
  });
});

async function tick(): Promise<void> {
  await finish(await queue.add(remindersJobName, { correlationId: 'tick' }));
}

async function finish(job: { isCompleted: () => Promise<boolean> }): Promise<void> {
  await eventually(() => job.isCompleted());
}

async function create(start: string, end: string) {
  const payload = { employee: 'Ada', role: 'barista', start, end };
  const response = await api.app.inject({ method: 'POST', url: '/api/v1/shifts', payload });
  assert.equal(response.statusCode, 201, response.body);
  return response.json<Shift>();
}

async function notificationsOf(shiftId: string): Promise<Notification[]> {
  const { data } = (await api.app.inject('/api/v1/notifications?pageSize=200')).json<{
    data: Notification[];
  }>();
  return data.filter((notification) => notification.shiftId === shiftId);
}

function inMinutes(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}
