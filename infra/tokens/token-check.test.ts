import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test, type TestContext, vi } from 'vitest';
import { createKeys } from '../../tests/keys.ts';
import { createGatewaySigner } from './gateway-signature.ts';
import { createGatewayVerifier } from './gateway-verifier.ts';
import { createTokenSigner, createTokenVerifier } from './service-token.ts';

const keys = createKeys();
const request = { method: 'GET', target: '/api/v1/shifts?page=1', client: '192.0.2.7' };
/** The middle of a signature window, in milliseconds. */
const noon = Date.UTC(2026, 10, 20, 12, 0, 7);

/** Stops the clock at noon, and counts the Ed25519 operations. */
function observe(t: TestContext) {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
  const signed = vi.spyOn(crypto.subtle, 'sign');
  const verified = vi.spyOn(crypto.subtle, 'verify');
  t.onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  return { signed: () => signed.mock.calls.length, verified: () => verified.mock.calls.length };
}

test('the same request is signed once within a window, and verified once', async (t) => {
  const { signed, verified } = observe(t);
  const [sign, verify] = [
    await createGatewaySigner(keys.privateKey),
    await createGatewayVerifier(keys.publicKey, 'api'),
  ];
  const first = await sign(request);
  vi.advanceTimersByTime(7_000);
  assert.equal(await sign(request), first);
  for (let count = 0; count < 3; count++)
    assert.deepEqual(await verify(first, request), { client: request.client });
  assert.deepEqual([signed(), verified()], [1, 1]);
  vi.advanceTimersByTime(2_000);
  const second = await sign(request);
  assert.notEqual(second, first);
  await verify(second, request);
  await verify(first, request);
  assert.deepEqual([signed(), verified()], [2, 2]);
});

test('a different request gets a different signature', async () => {
  const sign = await createGatewaySigner(keys.privateKey);
  const others = [
    { method: 'PUT' },
    { service: 'web' },
    { target: '/api/v1/shifts?page=2' },
    { client: '192.0.2.8' },
  ];
  const all = await Promise.all([{}, ...others].map((change) => sign({ ...request, ...change })));
  assert.equal(new Set(all).size, 5);
});

test('a write is signed and verified each time, and evicts no read from the cache', async (t) => {
  const { signed, verified } = observe(t);
  const [sign, verify] = [
    await createGatewaySigner(keys.privateKey),
    await createGatewayVerifier(keys.publicKey, 'api'),
  ];
  const write = { ...request, method: 'POST' };
  const [first, second] = [await sign(write), await sign(write)];
  assert.notEqual(first, second);
  for (const signature of [first, second]) await verify(signature, write);
  await assert.rejects(verify(first, write), /has been used/);
  assert.deepEqual([signed(), verified()], [2, 3]);
});

test('a cached signature is valid for no other request', async () => {
  const verify = await createGatewayVerifier(keys.publicKey, 'api');
  const signature = await (await createGatewaySigner(keys.privateKey))(request);
  await verify(signature, request);
  await assert.rejects(verify(signature, { ...request, method: 'POST' }), /another method/);
  await assert.rejects(verify(signature, { ...request, target: '/api/v1/shifts' }), /another target/);
  // The last character of a signature holds two bits, so the test changes the one before it.
  const other = `${signature.slice(0, -2)}${signature.at(-2) === 'A' ? 'B' : 'A'}${signature.at(-1)}`;
  for (const altered of [other, ` ${signature}`, signature.toLowerCase()])
    await assert.rejects(verify(altered, request), altered);
  await verify(signature, request);
  await assert.rejects((await createGatewayVerifier(createKeys().publicKey, 'api'))(signature, request));
});

test('a cached signature expires after its minute too', async (t) => {
  observe(t);
  const verify = await createGatewayVerifier(keys.publicKey, 'api');
  const signature = await (await createGatewaySigner(keys.privateKey))(request);
  await verify(signature, request);
  vi.advanceTimersByTime(52_000);
  await verify(signature, request);
  vi.advanceTimersByTime(7_000);
  await assert.rejects(verify(signature, request));
});

test('the caches of signer and verifier stay bounded', async (t) => {
  const { signed, verified } = observe(t);
  const [sign, verify] = [
    await createGatewaySigner(keys.privateKey),
    await createGatewayVerifier(keys.publicKey, 'api'),
  ];
  const long = { ...request, target: `/${createHash('sha512').update('x').digest('hex').repeat(8)}` };
  for (const each of [request, long, long]) await verify(await sign(each), each);
  assert.deepEqual([signed(), verified()], [3, 2], 'a long request is signed each time');
  const crowd = Array.from({ length: 4_096 }, (_, at) => ({ ...request, target: `/${at}` }));
  await Promise.all(crowd.map(async (each) => verify(await sign(each), each)));
  const before = [signed(), verified()];
  await verify(await sign(request), request);
  assert.deepEqual(
    [signed(), verified()],
    before.map((count) => count + 1),
    'the first signature is no longer cached',
  );
});

test('a service token is used for half of its lifetime, and verified once', async (t) => {
  const { signed, verified } = observe(t);
  const parties = { issuer: 'worker', audience: 'api' };
  const [token, verify] = [
    await createTokenSigner(keys.privateKey, parties),
    await createTokenVerifier(keys.publicKey, parties),
  ];
  const first = await token();
  vi.advanceTimersByTime(29_999);
  assert.equal(await token(), first);
  for (let count = 0; count < 3; count++) await verify(first);
  assert.deepEqual([signed(), verified()], [1, 1]);
  vi.advanceTimersByTime(1);
  assert.notEqual(await token(), first);
  await verify(first);
  vi.setSystemTime(noon - 60_000);
  await verify(await token());
  assert.deepEqual([signed(), verified()], [3, 2], 'a clock that is set back causes a new token');
});
