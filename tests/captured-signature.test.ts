import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import { calculateJwkThumbprint, SignJWT } from 'jose';
import { gatewaySignature, maxSignedBody } from 'railhead/gateway';
import { addLock, fromGateway } from '../services/shared/lock.ts';
import { createServer, type Server } from '../services/shared/server.ts';
import { createKeys } from './keys.ts';
import { silent } from './rota.ts';
import { ask, startWorker } from '../infra/gateway/testing/harness.ts';

/** Tests how far an attacker can reuse a gateway signature that was captured on its way to a service. */
const keys = createKeys();
const services: Server[] = [];
let gateway: Awaited<ReturnType<typeof startWorker>>;
let api: string;
let twin: string;
let web: string;
/** Headers of the last request that a service accepted, and the SHA-256 of its body. */
let taken: { headers: IncomingHttpHeaders; body: string };

beforeAll(async () => {
  [api, twin, web] = await Promise.all([startService('api'), startService('api'), startService('web')]);
  const routes = [{ path: '/*', origin: api, service: 'api' }];
  gateway = await startWorker({ routes, signingKey: keys.privateKey });
});

afterAll(async () => {
  await gateway.stop();
  for (const service of services) await service.close();
});

/** Starts a service that responds to every request that its lock accepts. */
async function startService(name: string): Promise<string> {
  const app = createServer(silent);
  services.push(app);
  addLock(app, [await fromGateway(keys.publicKey, name)]);
  app.removeAllContentTypeParsers();
  const bodyLimit = 4 * maxSignedBody;
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
  app.all('/*', { bodyLimit }, ({ headers, body }) => {
    taken = { headers, body: sha256((body as Buffer | undefined) ?? '') };
    return 'taken';
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

/** Sends a request through the gateway and returns the signature that the api got. */
async function capture(method: string, body: string | Buffer = '', headers: Record<string, string> = {}) {
  const length = { 'content-length': String(Buffer.byteLength(body)), 'content-type': 'text/plain' };
  const answer = await ask(gateway.url, '/x?a=1', { method, body, headers: { ...length, ...headers } });
  assert.equal(answer.status, 200, answer.body);
  assert.equal(taken.body, sha256(body));
  return { [gatewaySignature]: String(taken.headers[gatewaySignature]), 'content-type': 'text/plain' };
}

async function statusOf(url: string, method: string, headers: Record<string, string>, body = '') {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return (await ask(url, '/x?a=1', { method, body, headers: { ...headers, ...length } })).status;
}

for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
  test(`${method}: a signature is valid for no other body, and only once`, async () => {
    const headers = await capture(method, 'mine');
    assert.equal(await statusOf(api, method, headers, 'mine'), 401);
    for (const body of ['yours', ''])
      assert.equal(await statusOf(twin, method, await capture(method, 'mine'), body), 401, body);
    assert.equal(await statusOf(twin, method, headers, 'mine'), 200);
    assert.equal(await statusOf(twin, method, headers, 'mine'), 401);
  });

  test(`${method}: a signature without a body is valid for no body`, async () => {
    assert.equal(await statusOf(twin, method, await capture(method), 'yours'), 401);
    assert.equal(await statusOf(twin, method, await capture(method), 'y'.repeat(maxSignedBody + 1)), 401);
    assert.equal(await statusOf(twin, method, await capture(method)), 200);
  });
}

test('a signature for one service is invalid at another', async () => {
  for (const method of ['GET', 'POST']) assert.equal(await statusOf(web, method, await capture(method)), 401);
});

test('a read may be repeated until its signature expires', async () => {
  const headers = await capture('GET');
  for (let count = 0; count < 3; count++) assert.equal(await statusOf(api, 'GET', headers), 200);
});

test('a body arrives unchanged, even if it only claims to be compressed', async () => {
  const headers = { 'content-encoding': 'gzip', 'content-type': 'application/octet-stream' };
  for (const length of [1, maxSignedBody - 1, maxSignedBody])
    await capture('POST', randomBytes(length), headers);
});

test('a body that is long or of unknown length is streamed, and not signed', async () => {
  const long = 'a'.repeat(maxSignedBody + 1);
  assert.equal(await statusOf(twin, 'POST', await capture('POST', long), 'other'), 200);
  const chunked = await ask(gateway.url, '/x?a=1', {
    method: 'POST',
    body: 'mine',
    headers: { 'transfer-encoding': 'chunked', 'content-type': 'text/plain' },
  });
  assert.equal(chunked.status, 200);
  assert.equal(taken.body, sha256('mine'));
  const headers = {
    [gatewaySignature]: String(taken.headers[gatewaySignature]),
    'content-type': 'text/plain',
  };
  assert.equal(await statusOf(twin, 'POST', headers, 'other'), 200);
  assert.equal(await statusOf(twin, 'POST', headers, 'other'), 401);
});

test('during an update services accept signatures of an older gateway', async () => {
  const kid = await calculateJwkThumbprint(createPublicKey(keys.publicKey).export({ format: 'jwk' }));
  const claims = { method: 'POST', target: sha256('/x?a=1'), client: '192.0.2.7' };
  const signature = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'gateway+jwt', kid })
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(createPrivateKey(keys.privateKey));
  const headers = { [gatewaySignature]: signature, 'content-type': 'text/plain' };
  assert.equal(await statusOf(api, 'POST', headers, 'mine'), 200);
});

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url');
}
