import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, test, vi } from 'vitest';
import websocket from '@fastify/websocket';
import { createGatewaySigner, gatewaySignature } from 'railhead/gateway';
import { createTokenSigner, createTokenVerifier } from 'railhead/service-token';
import { createKeys } from '../../tests/keys.ts';
import { silent } from '../../tests/rota.ts';
import type { ErrorBody } from './errors.ts';
import { addLock, fromGateway, fromService, onlyBelow } from './lock.ts';
import { createServer } from './server.ts';

const [oldKeys, newKeys, web, worker] = [createKeys(), createKeys(), createKeys(), createKeys()];
const client = '192.0.2.7';
const app = createServer(silent);
let address: { host: string; port: number };

beforeAll(async () => {
  addLock(app, [
    await fromGateway(oldKeys.publicKey + newKeys.publicKey, 'api'),
    await serviceProof('web', web.publicKey),
    onlyBelow('/internal', await serviceProof('worker', worker.publicKey)),
  ]);
  await app.register(websocket);
  for (const path of ['/shifts', '/internal', '/internal/x', '/internals', '/health', '/health/ready'])
    app.get(path, () => 'open');
  for (const path of ['/healthy', '/metrics']) app.get(path, () => 'open');
  app.post('/shifts', () => 'open');
  app.get('/client', ({ headers }) => headers['x-forwarded-for']);
  app.get('/live', { websocket: true }, (socket: { close(): void }) => socket.close());
  const { hostname, port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  address = { host: hostname, port: Number(port) };
});
afterAll(() => app.close());

async function serviceProof(issuer: string, publicKey: string) {
  return fromService(await createTokenVerifier(publicKey, { issuer, audience: 'api' }));
}

async function signed(target: string, { privateKey } = oldKeys, method = 'GET') {
  const signature = await (await createGatewaySigner(privateKey))({ method, target, client });
  return { [gatewaySignature]: signature, 'x-forwarded-for': client };
}

async function tokenOf(issuer: string, { privateKey }: typeof web) {
  const token = await createTokenSigner(privateKey, { issuer, audience: 'api' });
  return { authorization: `Bearer ${await token()}` };
}

async function statusOf(url: string, headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') {
  return (await app.inject({ method, url, headers })).statusCode;
}

test('requests of the gateway are accepted, with its old key and its new one', async () => {
  for (const keys of [oldKeys, newKeys])
    assert.equal(await statusOf('/shifts?a=1', await signed('/shifts?a=1', keys)), 200);
  assert.equal(await statusOf('/shifts?a=1', await signed('/shifts?a=1', createKeys())), 401);
});

test('requests of services are accepted, for some below one path only', async () => {
  assert.equal(await statusOf('/shifts', await tokenOf('web', web)), 200);
  for (const url of ['/internal', '/internal/x'])
    assert.equal(await statusOf(url, await tokenOf('worker', worker)), 200);
  for (const url of ['/shifts', '/internals', '/nothing'])
    assert.equal(await statusOf(url, await tokenOf('worker', worker)), 401, url);
});

test('the client address is the one that the gateway signed, not one that a hop wrote', async () => {
  for (const header of ['203.0.113.9', `${client}, 10.0.0.1`]) {
    const headers = { ...(await signed('/client')), 'x-forwarded-for': header };
    assert.equal((await app.inject({ url: '/client', headers })).body, client);
  }
});

test('health and metrics are open', async () => {
  for (const url of ['/health', '/health/ready', '/metrics']) assert.equal(await statusOf(url, {}), 200, url);
});

test('any other request gets a 401 with the reason, also for an unknown route', async () => {
  const good = await signed('/shifts?a=1');
  const altered = { ...good, [gatewaySignature]: `${good[gatewaySignature].slice(0, -4)}AAAA` };
  const refused: [method: 'GET' | 'POST', url: string, headers: Record<string, string>][] = [
    ['GET', '/shifts', {}],
    ['GET', '/shifts', good],
    ['GET', '/shifts?a=2', good],
    ['POST', '/shifts?a=1', good],
    ['GET', '/shifts?a=1', altered],
    ['GET', '/shifts', await tokenOf('web', createKeys())],
    ['GET', '/shifts', await tokenOf('worker', web)],
    ['GET', '/shifts', { authorization: 'Basic eA==' }],
    ['GET', '/healthy', {}],
    ['GET', '/health/other', {}],
    ['GET', '/nothing', {}],
  ];
  for (const [method, url, headers] of refused)
    assert.equal(await statusOf(url, headers, method), 401, `${method} ${url}`);
  const { error } = (await app.inject('/shifts')).json<ErrorBody>();
  assert.equal(error.code, 'unauthorized');
  assert.match(error.message, /gateway/);
});

test('a signature expires after a minute', async (t) => {
  // A whole minute, at which a signature window begins too.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T12:00:00Z') });
  t.onTestFinished(() => void vi.useRealTimers());
  const headers = await signed('/shifts');
  vi.advanceTimersByTime(59_000);
  assert.equal(await statusOf('/shifts', headers), 200);
  vi.advanceTimersByTime(7_000);
  assert.equal(await statusOf('/shifts', headers), 401);
});

test('a WebSocket needs a proof too, and the connection of a refused one is closed', async () => {
  const open = async (headers: Record<string, string>) => {
    const socket = connect(address).setEncoding('utf8');
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const all = { host: 'api', ...upgrade, 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET /live HTTP/1.1\r\n${lines.join('')}\r\n`);
    const [answer] = (await once(socket, 'data')) as [string];
    return { socket, status: answer.split(' ')[1] };
  };
  const refused = await open({});
  assert.equal(refused.status, '401');
  if (!refused.socket.closed) await once(refused.socket, 'close');
  const taken = await open(await signed('/live'));
  assert.equal(taken.status, '101');
  taken.socket.destroy();
});
