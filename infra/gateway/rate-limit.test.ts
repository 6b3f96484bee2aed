import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  origin = await startOrigin((_request, response) => response.end('fine'));
  const { url } = origin;
  gateway = await startWorker({
    routes: [
      { path: '/*', origin: url },
      { path: '/api/*', origin: url },
      { path: '/costly/*', origin: url, rateLimit: { requests: 3, period: 10 } },
    ],
    rateLimit: { requests: 100, period: 60 },
  });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

test('of 150 requests within a window 100 pass, even if the client claims other addresses', async () => {
  const statuses = [];
  for (let count = 0; count < 150; count++) {
    const headers = { 'cf-connecting-ip': `10.0.0.${count}`, 'x-forwarded-for': `10.0.0.${count}` };
    statuses.push((await ask(gateway.url, '/x', { headers, from: '127.0.1.20' })).status);
  }
  assert.deepEqual(statuses, [...Array<number>(100).fill(200), ...Array<number>(50).fill(429)]);
});

test('a refusal has a Retry-After', async () => {
  const { status, headers, body } = await ask(gateway.url, '/x', { from: '127.0.1.20' });
  assert.deepEqual([status, headers['retry-after']], [429, '60']);
  assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, 'rate_limited');
});

test('other clients, and other routes of the same client, are not limited', async () => {
  assert.equal((await ask(gateway.url, '/x', { from: '127.0.1.21' })).status, 200);
  assert.equal((await ask(gateway.url, '/api/x', { from: '127.0.1.20' })).status, 200);
});

test('a limit of its own applies to a route', async () => {
  const answers = [];
  for (let count = 0; count < 4; count++)
    answers.push(await ask(gateway.url, '/costly/x', { from: '127.0.1.22' }));
  assert.deepEqual(
    answers.map(({ status, headers }) => headers['retry-after'] ?? status),
    [200, 200, 200, '10'],
  );
});
