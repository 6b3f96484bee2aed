import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { createQueue, queuePlans } from '../shared/queues.ts';
import type { Report } from '../shared/report.ts';
import type { Server } from '../shared/server.ts';
import type { Shift } from '../shared/shift.ts';
import { hoursOf } from './reports.ts';

let rota: TestRota;
let api: Server;
let pool: Pool;

beforeAll(async () => {
  rota = await startRota();
  const started = await rota.startApi();
  api = started.app;
  await rota.startWorker(started.url);
  pool = new Pool({ connectionString: rota.database.readonlyUrl });
});
afterAll(async () => {
  await pool.end();
  await rota.close();
});

test('a report has the hours of its week, and of a shift across midnight on Sunday only the part in it', async () => {
  await book('Ada', '2026-11-16T09:00:00Z', '2026-11-16T17:20:00Z');
  await book('ada', '2026-11-18T09:00:00Z', '2026-11-18T10:00:00Z');
  await book('Bo', '2026-11-15T22:00:00Z', '2026-11-16T06:00:00Z');
  await book('Cy', '2026-11-22T20:00:00Z', '2026-11-23T04:00:00Z');
  await book('Di', '2026-11-23T00:00:00Z', '2026-11-23T04:00:00Z');
  const { id } = await request('2026-11-20');
  const { employees } = await eventually(async () => {
    const found = await reportWith(id);
    return found?.completedAt && found;
  });
  assert.deepEqual(employees, [
    { employee: 'Ada', shifts: 2, hours: 9.33 },
    { employee: 'Bo', shifts: 1, hours: 6 },
    { employee: 'Cy', shifts: 1, hours: 4 },
  ]);
});

test('an aborted query is cancelled in Postgres too, and its connection is not used again', async (t) => {
  const unlock = await lockShifts();
  t.onTestFinished(unlock);
  let destroyed = 0;
  pool.on('release', (why) => (destroyed += why ? 1 : 0));
  const running = async () => {
    const text = `select from pg_stat_activity where usename = current_user and wait_event_type = 'Lock'`;
    return (await pool.query(text)).rows.length;
  };
  const enough = new AbortController();
  const rejected = assert.rejects(hoursOf(pool, '2026-11-16', enough.signal), /canceling statement/);
  await eventually(running);
  enough.abort();
  await rejected;
  assert.equal(await running(), 0);
  assert.equal(destroyed, 1, 'its connection is closed and not kept');
});

test('stuck reports do not delay notifications', async (t) => {
  const connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  const notifications = createQueue(connection, 'notifications');
  const reports = createQueue(connection, 'reports');
  t.onTestFinished(async () => {
    await unlock();
    await Promise.all([notifications.close(), reports.close()]);
    connection.disconnect();
  });
  const shift = await book('Eve', '2026-12-01T09:00:00Z', '2026-12-01T10:00:00Z');
  const unlock = await lockShifts();
  const done = await reports.getCompletedCount();
  for (let count = 0; count < 20; count++) await request('2026-11-16');
  await eventually(async () => (await reports.getActiveCount()) === queuePlans.reports.concurrency);
  const data = { eventId: 'urgent', kind: 'shift.updated' as const, shift, correlationId: 'test' };
  const job = await notifications.add('shift.updated', data);
  await eventually(() => job.isCompleted());
  assert.equal(await reports.getCompletedCount(), done, 'the reports are still stuck');
});

async function lockShifts(): Promise<() => Promise<void>> {
  const owner = new Client({ connectionString: rota.database.ownerUrl });
  await owner.connect();
  await owner.query('begin; lock table shifts');
  return () => owner.end();
}

async function book(employee: string, start: string, end: string): Promise<Shift> {
  const payload = { employee, role: 'barista', start, end };
  const response = await api.inject({ method: 'POST', url: '/api/v1/shifts', payload });
  assert.equal(response.statusCode, 201, response.body);
  return response.json();
}

async function request(week: string): Promise<Report> {
  const response = await api.inject({ method: 'POST', url: '/api/v1/reports', payload: { week } });
  assert.equal(response.statusCode, 202, response.body);
  return response.json();
}

async function reportWith(id: string): Promise<Report | undefined> {
  const { data } = (await api.inject('/api/v1/reports')).json<{ data: Report[] }>();
  return data.find((report) => report.id === id);
}
