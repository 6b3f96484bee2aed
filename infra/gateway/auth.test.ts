import assert from 'node:assert/strict';
import { createSecretKey, type KeyObject, type webcrypto } from 'node:crypto';
import { afterAll, beforeAll, test } from 'vitest';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { type Answer, ask, startOrigin, startWorker } from './testing/harness.ts';

const algorithms = ['EdDSA', 'ES256', 'RS256'];
const keys = Object.fromEntries(
  await Promise.all(
    [...algorithms, 'ES384'].map(
      async (alg) => [alg, await generateKeyPair(alg, { extractable: true })] as const,
    ),
  ),
);
const { EdDSA, RS256, ES384 } = keys;
const stranger = await generateKeyPair('EdDSA', { extractable: true });
const jwks = {
  keys: await Promise.all(
    Object.entries(keys).map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
  ),
};
const issuer = 'https://id.example.com/';
const audience = 'rota';
/** In seconds, at the time a token is created, since workerd has its own clock. */
const now = () => Math.floor(Date.now() / 1000);

let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
const asked = { keys: 0, origin: 0 };

beforeAll(async () => {
  origin = await startOrigin(({ url = '', headers }, response) => {
    if (url === '/me/who')
      return response.end(JSON.stringify([headers['x-user-id'], headers['x-user-roles']]));
    if (url === '/keys') response.end(JSON.stringify(jwks), () => asked.keys++);
    else if (url === '/keys/long') response.end(JSON.stringify({ ...jwks, padding: 'x'.repeat(65_536) }));
    else if (url.startsWith('/keys')) response.end('{"keys": 1}');
    else response.end('open', () => asked.origin++);
  });
  const { url } = origin;
  const keyed = (path: string, at: string) => ({
    path,
    origin: url,
    auth: { jwks: url + at, issuer, audience },
  });
  const gone = { jwks: 'http://127.0.0.1:1/keys', issuer, audience };
  gateway = await startWorker({
    routes: [
      { path: '/*', origin: url },
      keyed('/me/*', '/keys'),
      keyed('/long/*', '/keys/long'),
      keyed('/odd/*', '/keys/odd'),
      { path: '/gone/*', origin: url, auth: gone },
    ],
  });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

function sign(
  claims: object = {},
  header: object = {},
  key: webcrypto.CryptoKey | KeyObject = EdDSA!.privateKey,
): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, exp: now() + 60, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'EdDSA', ...header })
    .sign(key);
}

const enter = (token: string, path = '/me/x'): Promise<Answer> =>
  ask(gateway.url, path, { headers: { authorization: `Bearer ${token}` } });

test('a token of each algorithm is accepted, and the keys are fetched once', async () => {
  for (const alg of algorithms) {
    const { status, body } = await enter(await sign({}, { alg, kid: alg }, keys[alg]!.privateKey));
    assert.deepEqual([status, body], [200, 'open'], alg);
  }
  assert.equal(
    (await enter(await sign({ exp: now() - 1 }, { typ: 'at+jwt' }))).status,
    200,
    'a clock 1 s off',
  );
  const token = await sign();
  const answers = await Promise.all(Array.from({ length: 20 }, () => enter(token)));
  assert.ok(answers.every(({ status }) => status === 200));
  assert.equal(asked.keys, 1);
});

test('the origin gets the user from the token only', async () => {
  const who = async (claims: object) => {
    const authorization = `Bearer ${await sign(claims)}`;
    const forged = { 'x-user-id': 'root', 'x-user-roles': 'root' };
    const { body } = await ask(gateway.url, '/me/who', { headers: { authorization, ...forged } });
    return JSON.parse(body) as unknown;
  };
  assert.deepEqual(await who({ sub: 'auth0|7', roles: ['admin', 'night shift'] }), [
    'auth0|7',
    'admin,night shift',
  ]);
  assert.deepEqual(await who({ sub: 'u', roles: 'admin staff' }), ['u', 'admin,staff']);
  assert.deepEqual(await who({ sub: 'a\r\nx-evil: 1', roles: ['a,root', 'ä', 7, 'fine'] }), [null, 'fine']);
  assert.deepEqual(await who({}), [null, '']);
});

test('without a token the response asks for one; other routes need none', async () => {
  const { status, headers } = await ask(gateway.url, '/me/x');
  assert.deepEqual([status, headers['www-authenticate']], [401, 'Bearer']);
  assert.equal((await ask(gateway.url, '/x')).status, 200);
});

test('any token but one of the issuer for this audience is refused', async () => {
  const pem = await exportSPKI(EdDSA!.publicKey);
  const good = await sign();
  const [head = '', body = '', signature = ''] = good.split('.');
  const hmac = (secret: string) => sign({}, { alg: 'HS256' }, createSecretKey(Buffer.from(secret)));
  const refused: Record<string, string> = {
    'alg none': `${encode('{"alg":"none"}')}.${body}.`,
    'alg none with the signature': `${encode('{"alg":"none","kid":"EdDSA"}')}.${body}.${signature}`,
    'HS256 with the public key as secret': await hmac(pem),
    'HS256 with the public key after a space': await hmac(` ${pem}`),
    'ES384, of the issuer': await sign({}, { alg: 'ES384', kid: 'ES384' }, ES384!.privateKey),
    'RS256 under the kid of another key': await sign({}, { alg: 'RS256' }, RS256!.privateKey),
    'wrong audience': await sign({ aud: 'other' }),
    'no audience': await sign({ aud: undefined }),
    'audience among others': await sign({ aud: [audience, 'other'] }),
    'wrong issuer': await sign({ iss: 'https://id.example.org/' }),
    'no issuer': await sign({ iss: undefined }),
    expired: await sign({ exp: now() - 6 }),
    'no expiry': await sign({ exp: undefined }),
    'not yet valid': await sign({ nbf: now() + 60 }),
    'wrong typ': await sign({}, { typ: 'logout+jwt' }),
    'an unknown key with a known kid': await sign({}, {}, stranger.privateKey),
    'key in the header': await sign({}, { jwk: await exportJWK(stranger.publicKey) }, stranger.privateKey),
    'key set URL in the header': await sign(
      {},
      { jku: `${origin.url}/keys/own`, kid: 'own' },
      stranger.privateKey,
    ),
    'kid with a path': await sign({}, { kid: '../../../dev/null' }),
    'kid of a prototype': await sign({}, { kid: '__proto__' }),
    'alg twice': `${encode('{"alg":"none","alg":"EdDSA","kid":"EdDSA"}')}.${body}.${signature}`,
    'signature stripped': `${head}.${body}.`,
    'signature missing': `${head}.${body}`,
    'another body': `${head}.${encode(JSON.stringify({ iss: issuer, aud: audience, exp: now() + 999 }))}.${signature}`,
    'header that is not JSON': `${encode('nope')}.${body}.${signature}`,
    garbage: 'garbage',
    dots: '..',
    'too long': await sign({ padding: 'a'.repeat(8_192) }),
    'two tokens': `${good}, Bearer ${good}`,
  };
  asked.origin = 0;
  for (const [name, token] of Object.entries(refused)) {
    const { status, headers } = await enter(token);
    assert.equal(status, 401, name);
    assert.match(String(headers['www-authenticate']), /^Bearer/, name);
  }
  assert.ok((await enter('a'.repeat(100_000))).status >= 400);
  assert.equal(
    (await ask(gateway.url, '/me/x', { headers: { authorization: `Basic ${good}` } })).status,
    401,
  );
  assert.equal(asked.origin, 0);
});

test('unreachable or invalid keys are a 503, and open no route', async () => {
  for (const path of ['/gone/x', '/long/x', '/odd/x']) {
    const { status, headers } = await enter(await sign(), path);
    assert.deepEqual([status, headers['retry-after']], [503, '5'], path);
  }
});

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
