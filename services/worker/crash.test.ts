import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { freePort } from '../../tests/servers.ts';
import { startProcess } from '../../tests/service-process.ts';
import { createQueue } from '../shared/queues.ts';
import { stalls } from './consumer.ts';

let rota: TestRota;

beforeAll(async () => {
  rota = await startRota();
});
afterAll(() => rota.close());

test('a job whose worker is killed five times while processing it takes effect, once', async (t) => {
  const api = await rota.startApi();
  const connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  const queue = createQueue(connection, 'notifications');
  // Checks for stalled jobs with the worker's own settings, only more often, and processes no job itself.
  const impatient = { ...stalls, stalledInterval: 100 };
  const watch = new Worker(queue.name, null, { connection, autorun: false, ...impatient });
  await watch.startStalledCheckTimer();
  const owner = new Client({ connectionString: rota.database.ownerUrl });
  await owner.connect();
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
  t.onTestFinished(async () => {
    worker?.kill('SIGKILL');
    await owner.end();
    await Promise.all([watch.close(true), queue.close()]);
    connection.disconnect();
  });

  // Inserts wait, so that the job is in the middle of its work when its worker is killed.
  await owner.query('begin; lock table notifications in share mode');
  const payload = {
    employee: 'Ada',
    role: 'chef',
    start: '2026-05-01T09:00:00Z',
    end: '2026-05-01T17:00:00Z',
  };
  await api.app.inject({ method: 'POST', url: '/api/v1/shifts', payload });
  const { rows } = await rota.sql<{ event_id: string }>('select event_id from outbox');
  const id = rows[0]?.event_id ?? '';

  for (let kills = 1; kills <= 5; kills++) {
    worker = await startWorker(api.url);
    await eventually(async () => (await queue.getJob(id))?.attemptsStarted === kills);
    await eventually(async () => (await waitingInserts()) > 0);
    worker.kill('SIGKILL');
    await worker.exited;
    // The lock of a dead worker expires after `lockDuration`; this test does not wait for that.
    await connection.del(`bull:${queue.name}:${id}:lock`);
    await eventually(async () => (await queue.getJob(id))?.isWaiting());
  }
  await owner.query('commit');
  worker = await startWorker(api.url);
  await eventually(async () => (await queue.getJob(id))?.isCompleted());
  worker.kill('SIGTERM');
  assert.equal(await worker.exited, 0);
  const { rows: effects } = await rota.sql('select from notifications where event_id = $1', [id]);
  assert.equal(effects.length, 1);
});

async function waitingInserts(): Promise<number> {
  return (await rota.sql('select from pg_locks where not granted')).rows.length;
}

async function startWorker(apiUrl: string) {
  return startProcess('worker/main.ts', {
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    DATABASE_URL: rota.database.readonlyUrl,
    REDIS_URL: rota.redis.url,
    API_URL: apiUrl,
    SIGNING_KEY: rota.keys.privateKey,
  });
}
