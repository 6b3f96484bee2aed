import assert from 'node:assert/strict';
import { afterAll, beforeAll, test, type TestContext } from 'vitest';
import { Redis } from 'ioredis';
import { eventually } from '../../tools/testing/eventually.ts';
import { silent } from '../../tests/rota.ts';
import { startRedis, type TestServer } from '../../tests/servers.ts';
import { createQueue, queuePlans, type QueueName } from '../shared/queues.ts';
import { createServer } from '../shared/server.ts';
import { createConsumer, type Handle } from './consumer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.close());

function consume(t: TestContext, name: QueueName, handle: Handle, timeout = queuePlans[name].timeout) {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null });
  const app = createServer(silent);
  const queue = createQueue(connection, name);
  const consumer = createConsumer(app, connection, name, handle, { ...queuePlans[name], timeout });
  t.onTestFinished(async () => {
    await Promise.all([consumer.close(), queue.close(), app.close()]);
    connection.disconnect();
  });
  return queue;
}

test('a job that takes longer than its queue allows is aborted, and fails after its attempts', async (t) => {
  let attempts = 0;
  const handle: Handle = (_job, signal) => {
    attempts++;
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
    );
  };
  const queue = consume(t, 'reports', handle, 200);
  const job = await queue.add('slow', { correlationId: 'test' }, { attempts: 2, backoff: 0 });
  await eventually(() => job.isFailed());
  assert.equal(attempts, 2);
  const failed = await queue.getJob(job.id ?? '');
  assert.equal(failed?.failedReason, 'The job took longer than 200 ms and was aborted.');
});

test('a poison job gets as many attempts as its queue allows, while other jobs are processed', async (t) => {
  const attempts: string[] = [];
  const handle: Handle = (job) => {
    attempts.push(job.name);
    return job.name === 'poison' ? Promise.reject(new Error('poison')) : Promise.resolve({});
  };
  const queue = consume(t, 'notifications', handle);
  const poison = await queue.add('poison', { correlationId: 'test' }, { backoff: 0 });
  const fine = await queue.add('fine', { correlationId: 'test' });
  await eventually(() => fine.isCompleted());
  await eventually(() => poison.isFailed());
  assert.equal(attempts.filter((name) => name === 'poison').length, queuePlans.notifications.jobs.attempts);
});
