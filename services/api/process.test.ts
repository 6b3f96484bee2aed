import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterAll, beforeAll, test } from 'vitest';
import { Client } from 'pg';
import { createGatewaySigner, gatewaySignature } from 'railhead/gateway';
import { createTokenSigner } from 'railhead/service-token';
import { eventually } from '../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../tests/rota.ts';
import { freePort } from '../../tests/servers.ts';
import { startProcess } from '../../tests/service-process.ts';
import type { ErrorBody } from '../shared/errors.ts';

interface Readiness {
  status: string;
  checks: Record<string, boolean>;
}

let rota: TestRota;

beforeAll(async () => {
  rota = await startRota();
});
afterAll(() => rota.close());

async function startApi(variables: Record<string, string> = {}) {
  const port = await freePort();
  const api = startProcess('api/main.ts', {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: rota.database.appUrl,
    REDIS_URL: rota.redis.url,
    WORKER_PUBLIC_KEY: rota.keys.publicKey,
    WEB_PUBLIC_KEY: rota.keys.publicKey,
    GATEWAY_PUBLIC_KEYS: rota.keys.publicKey,
    RAILWAY_SERVICE_NAME: 'api',
    RAILWAY_REPLICA_ID: 'api-7',
    ...variables,
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => (await fetch(`${url}/health`)).ok);
  return { ...api, url };
}

test('without its variables it logs which ones are missing and exits at once', async () => {
  const api = startProcess('api/main.ts', { PORT: '0', REDIS_URL: 'redis://user:hunter2@' });
  assert.equal(await api.exited, 1);
  assert.equal(api.log.length, 1);
  const message = api.log[0]?.msg ?? '';
  for (const name of ['PORT is wrong', 'DATABASE_URL is missing', 'WORKER_PUBLIC_KEY is missing']) {
    assert.ok(message.includes(name), message);
  }
  assert.doesNotMatch(message, /hunter2/);
});

test('requests need a proof of the gateway or web, below /internal of the worker; health and metrics are open', async () => {
  const api = await startApi();
  const sign = await createGatewaySigner(rota.keys.privateKey);
  const bearer = async (issuer: string) => {
    const token = await createTokenSigner(rota.keys.privateKey, { issuer, audience: 'api' });
    return { authorization: `Bearer ${await token()}` };
  };
  const status = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(api.url + path, { headers })).status;

  const shifts = '/api/v1/shifts?page=1';
  const client = '192.0.2.7';
  const signature = await sign({ method: 'GET', target: shifts, client });
  const signed = { [gatewaySignature]: signature, 'x-forwarded-for': client };
  assert.equal(await status(shifts, signed), 200);
  assert.equal(await status('/api/v1/shifts?page=2', signed), 401);
  assert.equal(await status(shifts), 401);
  assert.equal(await status(shifts, await bearer('web')), 200);
  assert.equal(await status(shifts, await bearer('worker')), 401);
  assert.equal(await status('/metrics'), 200);
  api.kill('SIGTERM');
  assert.equal(await api.exited, 0);
});

test('on SIGTERM readiness turns 503, a request in flight is finished, and the exit code is 0', async () => {
  // Long enough to be observed on a busy machine.
  const api = await startApi({ DRAIN_DELAY_SECONDS: '4' });
  const blocker = new Client({ connectionString: rota.database.ownerUrl });
  await blocker.connect();
  await blocker.query('begin; lock table shifts');
  const token = await createTokenSigner(rota.keys.privateKey, { issuer: 'web', audience: 'api' });
  const inFlight = fetch(`${api.url}/api/v1/shifts`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await token()}`,
      'content-type': 'application/json',
      'x-correlation-id': 'in-flight',
    },
    body: JSON.stringify({
      employee: 'Ada',
      role: 'chef',
      start: '2026-04-01T09:00:00Z',
      end: '2026-04-01T10:00:00Z',
    }),
  });
  await eventually(async () => {
    const { rows } = await rota.sql('select from pg_locks where not granted');
    return rows.length > 0;
  });
  const { port } = new URL(api.url);
  const late = createConnection(Number(port), '127.0.0.1').setEncoding('utf8');
  late.write('GET /health HTTP/1.1\r\nHost: api\r\n');

  api.kill('SIGTERM');
  const ready = await eventually(async () => {
    const response = await fetch(`${api.url}/health/ready`);
    return response.status === 503 && response;
  });
  assert.equal(ready.headers.get('connection'), 'close');
  assert.deepEqual(await ready.json(), {
    status: 'not_ready',
    checks: { database: true, redis: true, accepting: false },
  });
  await eventually(() =>
    fetch(api.url).then(
      () => false,
      () => true,
    ),
  );
  late.write('\r\n');
  const [answer] = (await once(late, 'data')) as [string];
  assert.match(answer, /^HTTP\/1.1 200 OK/, 'a request on an open connection is served');
  await blocker.query('commit');
  await blocker.end();
  const response = await inFlight;
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('connection'), 'close');
  assert.equal(await api.exited, 0);
  const line = api.log.find(({ correlationId }) => correlationId === 'in-flight');
  assert.deepEqual([line?.service, line?.replica], ['api', 'api-7']);
});

test('readiness names an unavailable dependency; without its database the api is not ready', async () => {
  const { app } = await rota.startApi();
  const ready = async () => (await app.inject('/health/ready')).json<Readiness>();
  // Readiness does not depend on Redis, so the test waits for both.
  await eventually(async () => Object.values((await ready()).checks).every(Boolean));
  assert.deepEqual(await ready(), { status: 'ready', checks: { database: true, redis: true } });

  await rota.redis.stop();
  // Reported, but the api still accepts requests: their events wait in the outbox.
  assert.deepEqual(await ready(), { status: 'ready', checks: { database: true, redis: false } });
  const health = await app.inject('/health');
  assert.equal(health.statusCode, 200);
  assert.deepEqual(Object.keys(health.json<object>()), ['status', 'service', 'replica', 'timestamp']);
  await rota.redis.start();
  await eventually(async () => (await ready()).checks.redis);

  await rota.postgres.stop();
  assert.deepEqual(await ready(), { status: 'not_ready', checks: { database: false, redis: true } });
  const shifts = await app.inject('/api/v1/shifts');
  assert.equal(shifts.statusCode, 503);
  assert.equal(shifts.json<ErrorBody>().error.code, 'unavailable');
  await rota.postgres.start();
  await eventually(async () => (await ready()).status === 'ready');
});

test('it starts without Redis and Postgres, and works once they are available', async () => {
  await Promise.all([rota.redis.stop(), rota.postgres.stop()]);
  const { app } = await rota.startApi();
  assert.equal((await app.inject('/health')).statusCode, 200);
  assert.deepEqual((await app.inject('/health/ready')).json<Readiness>().checks, {
    database: false,
    redis: false,
  });
  await Promise.all([rota.redis.start(), rota.postgres.start()]);
  await eventually(async () => (await app.inject('/health/ready')).statusCode === 200);
  const payload = {
    employee: 'Eve',
    role: 'chef',
    start: '2026-04-02T09:00:00Z',
    end: '2026-04-02T10:00:00Z',
  };
  const created = await app.inject({ method: 'POST', url: '/api/v1/shifts', payload });
  assert.equal(created.statusCode, 201);
  await eventually(async () => {
    const reader = new Client({ connectionString: rota.database.ownerUrl });
    await reader.connect();
    const { rows } = await reader.query('select from outbox where published_at is null');
    await reader.end();
    return rows.length === 0;
  });
});
