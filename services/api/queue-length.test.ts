import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { createQueue } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';

let rota: TestRota;
let app: Server;

beforeAll(async () => {
  rota = await startRota();
  ({ app } = await rota.startApi());
});
afterAll(() => rota.close());

/** Waits for a scrape with all values: a scrape has none if Redis responds after its time limit. */
async function allLengths(): Promise<Record<string, string>> {
  return eventually(async () => {
    const found = await lengths();
    return Object.keys(found).length === 3 && found;
  });
}

async function lengths(): Promise<Record<string, string>> {
  const { statusCode, body } = await app.inject('/metrics');
  assert.equal(statusCode, 200);
  const found = body.matchAll(/^queue_length\{queue="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...found].map(([, name = '', length = '']) => [name, length] as const));
}

test('waiting and active jobs of any priority are counted, without a worker', async (t) => {
  const connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  const queue = createQueue(connection, 'notifications');
  t.onTestFinished(async () => {
    await queue.close();
    connection.disconnect();
  });
  const none = { notifications: '0', reports: '0', cleanup: '0' };
  assert.deepEqual(await allLengths(), none);
  const tick = { correlationId: 'test' };
  await queue.add('waiting', tick);
  await queue.add('prioritized', tick, { priority: 5 });
  await queue.add('delayed', tick, { delay: 60_000 });
  assert.deepEqual(await allLengths(), { ...none, notifications: '2' });
});

const losses = {
  'is gone': async () => {
    await rota.redis.stop();
    return () => rota.redis.start();
  },
  hangs: async () => {
    const connection = new Redis(rota.redis.url);
    // Until it is restarted.
    await connection.call('client', 'pause', '600000');
    connection.disconnect();
    return async () => {
      await rota.redis.stop();
      await rota.redis.start();
    };
  },
};

for (const [what, lose] of Object.entries(losses)) {
  test(`while Redis ${what} there is no value, and all other metrics come in time`, async (t) => {
    await allLengths();
    t.onTestFinished(await lose());
    const begin = performance.now();
    assert.deepEqual(await lengths(), {});
    // A Redis command times out after 5 s.
    assert.ok(performance.now() - begin < 4_000);
  });
}
