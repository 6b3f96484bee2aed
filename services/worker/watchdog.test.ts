import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { eventually } from '../../tools/testing/eventually.ts';
import { silent } from '../../tests/rota.ts';
import { startRedis, type TestServer } from '../../tests/servers.ts';
import { remindersJobName } from '../shared/jobs.ts';
import { createQueue } from '../shared/queues.ts';
import { createServer } from '../shared/server.ts';
import { watchConsumer } from './watchdog.ts';

const limit = 300;
let server: TestServer;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.close());

test('a consumer that processes no waiting job is stuck; one with a long job is not', async (t) => {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null });
  const queue = createQueue(connection, 'notifications');
  const held = Promise.withResolvers<void>();
  const worker = new Worker(queue.name, () => held.promise, { connection });
  const app = createServer(silent);
  t.onTestFinished(async () => {
    await app.close();
    await worker.close();
    await queue.close();
    connection.disconnect();
  });
  let stuck = 0;
  watchConsumer(app, worker, queue, { limit, onStuck: () => stuck++ });

  const taken = once(worker, 'active');
  await queue.addBulk([1, 2].map(() => ({ name: remindersJobName, data: { correlationId: 'test' } })));
  await taken;
  // On a busy machine it may have started the first job late.
  stuck = 0;
  await sleep(limit * 3);
  assert.equal(stuck, 0);

  const paused = worker.pause();
  held.resolve();
  await paused;
  assert.equal(await queue.getWaitingCount(), 1);
  await eventually(() => stuck > 0);
});
