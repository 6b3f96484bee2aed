import assert from 'node:assert/strict';
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { test, vi } from 'vitest';
import { calculateJwkThumbprint, generateKeyPair, SignJWT, type JWK } from 'jose';
import { createKeys } from '../../tests/keys.ts';
import { createTokenSigner, createTokenVerifier } from './service-token.ts';

// The clock stands still: creating all these tokens takes longer than the clock tolerance of a few seconds.
vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
const now = Math.floor(Date.now() / 1_000);
const parties = { issuer: 'worker', audience: 'api' };
const worker = createKeys();
const stranger = createKeys();
const key = createPrivateKey(worker.privateKey);
const kid = await thumbprint(createPublicKey(worker.publicKey));
const verify = await createTokenVerifier(worker.publicKey, parties);
const good = await (await createTokenSigner(worker.privateKey, parties))();
const [head, body, signature] = good.split('.');

test('a token of the worker is accepted', () => verify(good));

test('during a rotation tokens of both keys are accepted', async () => {
  const both = await createTokenVerifier(`${stranger.publicKey}${worker.publicKey}`, parties);
  await both(good);
  await both(await (await createTokenSigner(stranger.privateKey, parties))());
});

test('a clock that is 3 seconds off is tolerated', async () => {
  await verify(await sign({ exp: now - 3, iat: now - 60 }));
  await verify(await sign({ iat: now + 3 }));
});

const rsa = await generateKeyPair('RS256');
const refused: Record<string, string> = {
  'alg none': `${encode({ alg: 'none', typ: 'svc+jwt', kid })}.${body}.`,
  'alg none with the signature': `${encode({ alg: 'none', typ: 'svc+jwt', kid })}.${body}.${signature}`,
  'HS256 with the public key as secret': await hmac(worker.publicKey),
  'HS256 with the public key after a space': await hmac(` ${worker.publicKey}`),
  RS256: await sign({}, { alg: 'RS256' }, rsa.privateKey),
  'wrong audience': await sign({ aud: 'web' }),
  'no audience': await sign({ aud: undefined }),
  'audience among others': await sign({ aud: ['api', 'web'] }),
  'audience as a list': await sign({ aud: ['api'] }),
  'wrong issuer': await sign({ iss: 'web' }),
  'no issuer': await sign({ iss: undefined }),
  expired: await sign({ exp: now - 6, iat: now - 60 }),
  'no expiry': await sign({ exp: undefined }),
  'too long-lived': await sign({ exp: now + 121 }),
  'issued too long ago': await sign({ iat: now - 130, exp: now + 1 }),
  'issued in the future': await sign({ iat: now + 30, exp: now + 60 }),
  'no issue time': await sign({ iat: undefined }),
  'not yet valid': await sign({ nbf: now + 30 }),
  'wrong typ': await sign({}, { typ: 'JWT' }),
  'no typ': await sign({}, { typ: undefined }),
  'wrong key with a known kid': await sign({}, {}, createPrivateKey(stranger.privateKey)),
  'unknown kid': await sign({}, { kid: 'other' }),
  'kid with a path': await sign({}, { kid: '../../../dev/null' }),
  'kid of a prototype': await sign({}, { kid: '__proto__' }),
  'no kid': await sign({}, { kid: undefined }),
  'key in the header': await sign(
    {},
    { kid: undefined, jwk: jwk(stranger.publicKey) },
    createPrivateKey(stranger.privateKey),
  ),
  'signature stripped': `${head}.${body}.`,
  'signature missing': `${head}.${body}`,
  'another body': `${head}.${encode({ ...parties, iss: 'worker', aud: 'api', iat: now, exp: now + 61 })}.${signature}`,
  'header that is not JSON': `${Buffer.from('nope').toString('base64url')}.${body}.${signature}`,
  garbage: 'garbage',
  empty: '',
  dots: '..',
  '100 KB': 'a'.repeat(100_000),
  '100 KB of claims': await sign({ padding: 'a'.repeat(100_000) }),
};

for (const [name, token] of Object.entries(refused)) {
  test(`refused: ${name}`, () => assert.rejects(verify(token)));
}

function sign(
  claims: object,
  header: object = {},
  by: KeyObject | webcrypto.CryptoKey = key,
): Promise<string> {
  return new SignJWT({ iss: 'worker', aud: 'api', iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'svc+jwt', kid, ...header })
    .sign(by);
}

function hmac(secret: string): Promise<string> {
  return sign({}, { alg: 'HS256' }, createSecretKey(Buffer.from(secret)));
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwk(publicKey: string): JWK {
  return createPublicKey(publicKey).export({ format: 'jwk' });
}

async function thumbprint(publicKey: KeyObject): Promise<string> {
  return calculateJwkThumbprint(publicKey.export({ format: 'jwk' }));
}
