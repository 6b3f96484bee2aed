import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let origin: Awaited<ReturnType<typeof startOrigin>>;
/** Behind a proxy, and without one. */
let behind: Awaited<ReturnType<typeof startWorker>>;
let alone: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  origin = await startOrigin(({ headers }, response) => {
    response.end(
      [headers['x-forwarded-for'], headers['x-forwarded-proto'], headers['x-gateway-proto']].join(' '),
    );
  });
  const config = {
    routes: [{ path: '/*', origin: origin.url }],
    rateLimit: { requests: 3, period: 60 as const },
  };
  behind = await startWorker({ ...config, forwarded: true });
  alone = await startWorker(config);
});

afterAll(async () => {
  await behind.stop();
  await alone.stop();
  origin.close();
});

test('behind a proxy, the client and the protocol are the last ones in its headers', async () => {
  const headers = { 'x-forwarded-for': '6.6.6.6, 192.0.2.7', 'x-forwarded-proto': 'http, https' };
  const { body, headers: answered } = await ask(behind.url, '/x', { headers });
  assert.equal(body, '192.0.2.7 https ');
  assert.ok(answered['strict-transport-security']);
  const alsoIpv6 = await ask(behind.url, '/x', { headers: { 'x-forwarded-for': '2001:db8::7' } });
  assert.equal(alsoIpv6.body, '2001:db8::7 http ');
});

test('behind a proxy, each client has a limit of its own', async () => {
  const statuses = [];
  for (const client of ['192.0.2.20', '192.0.2.21']) {
    for (let count = 0; count < 4; count++) {
      const headers = { 'x-forwarded-for': `10.0.0.${count}, ${client}` };
      statuses.push((await ask(behind.url, '/x', { headers })).status);
    }
  }
  assert.deepEqual(statuses, [200, 200, 200, 429, 200, 200, 200, 429]);
});

test('without a proxy, headers of the client name neither the client nor the protocol', async () => {
  const headers = {
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-proto': 'https',
    'x-gateway-proto': 'https',
  };
  const { body, headers: answered } = await ask(alone.url, '/x', { headers, from: '127.0.1.30' });
  assert.equal(body, '127.0.1.30 http ');
  assert.equal(answered['strict-transport-security'], undefined);
});

test('behind a proxy that names no client, the client is the address of the connection', async () => {
  const { body } = await ask(behind.url, '/x', {
    headers: { 'x-forwarded-for': 'unknown' },
    from: '127.0.1.31',
  });
  assert.equal(body, '127.0.1.31 http ');
});
