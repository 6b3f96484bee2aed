import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { Redis } from 'ioredis';
import { createTokenSigner } from 'railhead/service-token';
import { eventually } from '../../../tools/testing/eventually.ts';
import { startRota, type TestRota } from '../../../tests/rota.ts';
import { createQueue } from '../../shared/queues.ts';
import type { Presence } from '../../shared/presence.ts';
import type { Server } from '../../shared/server.ts';
import type { SystemStatus } from '../../shared/status.ts';

let rota: TestRota;
let app: Server;

beforeAll(async () => {
  rota = await startRota();
  app = (await rota.startApi()).app;
});
afterAll(() => rota.close());

const presence: Presence = {
  service: 'web',
  replica: 'web-1',
  deployment: 'd1',
  startedAt: '2026-11-20T09:00:00.000Z',
  interval: 5,
  checks: { api: true },
  stopped: false,
};

test('services report their state, and report their stop', async () => {
  const { services } = await eventually(async () => {
    const status = await read();
    return status.services[0]?.state === 'healthy' && status;
  });
  assert.deepEqual(
    services.map(({ name, state, replicas }) => [name, state, replicas.map(({ id, state }) => [id, state])]),
    [['api', 'healthy', [['api-0', 'ready']]]],
  );
  const other = await rota.startApi();
  await eventually(async () => (await read()).services[0]?.replicas.length === 2);
  await other.app.close();
  const { services: rest, dependencies } = await read();
  assert.equal(rest[0]?.replicas.length, 1, 'it has reported its stop');
  assert.deepEqual(
    dependencies.map(({ name, state }) => `${name} ${state}`),
    ['postgres healthy', 'redis healthy'],
  );
});

test('web reports through the api, with its own key', async () => {
  assert.equal((await report(presence, 'worker')).statusCode, 401);
  assert.equal((await report({ ...presence, startedAt: 'now' }, 'web')).statusCode, 400);
  assert.equal((await report(presence, 'web')).statusCode, 204);
  const web = (await read()).services.find(({ name }) => name === 'web');
  assert.deepEqual([web?.state, web?.deployment, web?.deployedAt], ['healthy', 'd1', presence.startedAt]);
});

test('the last deployment is the one that started last, also while both run', async () => {
  const newer = { ...presence, replica: 'web-2', deployment: 'd2', startedAt: '2026-11-20T10:00:00.000Z' };
  await report(newer, 'web');
  await report(presence, 'web');
  await report({ ...newer, replica: 'web-3', startedAt: '2026-11-20T11:00:00.000Z' }, 'web');
  const web = (await read()).services.find(({ name }) => name === 'web');
  assert.deepEqual([web?.deployment, web?.deployedAt], ['d2', newer.startedAt]);
});

test('queues are counted', async () => {
  const connection = new Redis(rota.redis.url, { maxRetriesPerRequest: null });
  const reports = createQueue(connection, 'reports');
  await reports.add('x', { correlationId: 'x' });
  await reports.add('x', { correlationId: 'x' }, { delay: 60_000 });
  const none = { waiting: 0, active: 0, delayed: 0, failed: 0 };
  assert.deepEqual((await read()).queues, [
    { name: 'notifications', ...none },
    { name: 'reports', ...none, waiting: 1, delayed: 1 },
    { name: 'cleanup', ...none },
  ]);
  await reports.close();
  connection.disconnect();
});

test('without Redis it responds at once with the state that one replica can determine', async () => {
  await rota.redis.stop();
  const started = Date.now();
  const { complete, dependencies, services, queues } = await read();
  // A Redis command times out after 5 s.
  assert.ok(Date.now() - started < 4_000);
  assert.equal(complete, false);
  assert.deepEqual(
    dependencies.map(({ name, state }) => [name, state]),
    [
      ['postgres', 'healthy'],
      ['redis', 'gone'],
    ],
  );
  assert.deepEqual(
    services.map(({ name, state, replicas }) => [name, state, replicas[0]?.failing]),
    [['api', 'degraded', ['redis']]],
  );
  assert.deepEqual(queues, []);
  await rota.redis.start();
  await eventually(async () => (await read()).complete);
});

async function read(): Promise<SystemStatus> {
  const response = await app.inject('/api/v1/status');
  assert.equal(response.statusCode, 200, response.body);
  return response.json();
}

async function report(payload: Presence, issuer: string) {
  const token = await createTokenSigner(rota.keys.privateKey, { issuer, audience: 'api' });
  const headers = { authorization: `Bearer ${await token()}` };
  return app.inject({ method: 'PUT', url: '/internal/presence', headers, payload });
}
