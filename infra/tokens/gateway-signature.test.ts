import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { test, vi } from 'vitest';
import { calculateJwkThumbprint, SignJWT } from 'jose';
import { createKeys } from '../../tests/keys.ts';
import { createGatewaySigner, type GatewayRequest } from './gateway-signature.ts';
import { createGatewayVerifier } from './gateway-verifier.ts';

// The clock stands still at a whole minute, at which a signature window begins too, so that slow tests do no harm.
const start = Date.parse('2026-11-20T12:00:00Z');
vi.useFakeTimers({ toFake: ['Date'], now: start });
const gateway = createKeys();
const stranger = createKeys();
const service = 'api';
const verify = await createGatewayVerifier(gateway.publicKey, service);
const request: GatewayRequest = {
  method: 'GET',
  target: '/api/v1/shifts/7?a=1',
  client: '192.0.2.7',
  service,
};
const good = await (await createGatewaySigner(gateway.privateKey))(request);

test('a signature of the gateway is accepted for its request, and returns the client', async () => {
  assert.deepEqual(await verify(good, request), { client: request.client });
});

test('during a rotation signatures of both keys are accepted', async () => {
  const both = await createGatewayVerifier(`${stranger.publicKey}\n${gateway.publicKey}`, service);
  await both(good, request);
  await both(await (await createGatewaySigner(stranger.privateKey))(request), request);
});

const others: Record<string, Partial<GatewayRequest>> = {
  'another method': { method: 'DELETE' },
  'another path': { target: '/api/v1/shifts/8?a=1' },
  'another spelling of the path': { target: '/api/v1/shifts/%37?a=1' },
  'another query': { target: '/api/v1/shifts/7?a=2' },
  'no query': { target: '/api/v1/shifts/7' },
};

for (const [name, change] of Object.entries(others)) {
  test(`refused for ${name}`, () => assert.rejects(verify(good, { ...request, ...change })));
}

test('refused by every other service', async () => {
  await assert.rejects(
    (await createGatewayVerifier(gateway.publicKey, 'web'))(good, request),
    /another service/,
  );
});

test('a write is accepted once, with the digest of its body, until its signature expires', async (t) => {
  t.onTestFinished(() => void vi.setSystemTime(start));
  const contentDigest = 'sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:';
  const write = { ...request, method: 'PUT', contentDigest };
  const signature = await (await createGatewaySigner(gateway.privateKey))(write);
  assert.deepEqual(await verify(signature, write), { client: request.client, contentDigest });
  vi.advanceTimersByTime(64_999);
  await assert.rejects(verify(signature, write), /has been used/);
});

test('signatures of an older gateway, without service, body digest or id, are accepted', async () => {
  const write = { ...request, method: 'PUT' };
  const old = await sign({ method: 'PUT' });
  for (let count = 0; count < 2; count++)
    assert.deepEqual(await verify(old, write), { client: request.client });
});

test('refused after a minute', async (t) => {
  t.onTestFinished(() => void vi.setSystemTime(start));
  vi.advanceTimersByTime(44_000);
  await verify(good, request);
  vi.advanceTimersByTime(22_000);
  await assert.rejects(verify(good, request));
});

const kid = await calculateJwkThumbprint(createPublicKey(gateway.publicKey).export({ format: 'jwk' }));
const now = Math.floor(Date.now() / 1_000);
const [head, body, signature] = good.split('.');

const refused: Record<string, string> = {
  none: '',
  garbage: 'garbage',
  'alg none': `${encode({ alg: 'none', typ: 'gateway+jwt', kid })}.${body}.`,
  'HS256 with the public key as secret': await sign(
    {},
    { alg: 'HS256' },
    createSecretKey(gateway.publicKey, 'utf8'),
  ),
  'a stranger': await (await createGatewaySigner(stranger.privateKey))(request),
  'an unknown key with a known kid': await sign({}, {}, createPrivateKey(stranger.privateKey)),
  'no kid': await sign({}, { kid: undefined }),
  'a service token': await sign({}, { typ: 'svc+jwt' }),
  'no expiry': await sign({ exp: undefined }),
  'no issue time': await sign({ iat: undefined }),
  'issued in the future': await sign({ iat: now + 30, exp: now + 60 }),
  'recent but expired': await sign({ exp: now - 6 }),
  'unexpired but too old': await sign({ iat: now - 66, exp: now + 600 }),
  'no claims about the request': await sign({ method: undefined, target: undefined }),
  'no client': await sign({ client: undefined }),
  'signature stripped': `${head}.${body}.`,
  'another body': `${head}.${encode({ iat: now, exp: now + 61, ...claims() })}.${signature}`,
  'too long': await sign({ padding: 'a'.repeat(2_048) }),
};

test('the signatures of the refusal table have the format of the gateway', async () => {
  assert.deepEqual(await verify(await sign(), request), { client: request.client });
});

for (const [name, value] of Object.entries(refused)) {
  test(`refused: ${name}`, () => assert.rejects(verify(value, request)));
}

function claims() {
  const target = createHash('sha256').update(request.target).digest('base64url');
  return { method: request.method, target, client: request.client };
}

function sign(
  changes: object = {},
  header: object = {},
  key: KeyObject = createPrivateKey(gateway.privateKey),
): Promise<string> {
  return new SignJWT({ iat: now, exp: now + 60, ...claims(), ...changes })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'gateway+jwt', kid, ...header })
    .sign(key);
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
