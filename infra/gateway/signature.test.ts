import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import fc from 'fast-check';
import { gatewaySignature } from '../tokens/gateway-signature.ts';
import { createGatewayVerifier } from '../tokens/gateway-verifier.ts';
import { createKeys } from '../../tests/keys.ts';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

const keys = createKeys();
const verify = await createGatewayVerifier(keys.publicKey, 'api');
let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
/** The last request that the origin accepted. */
let taken: { method: string; url: string; signature: string } | undefined;

beforeAll(async () => {
  origin = await startOrigin((request, response) => {
    void check(request).then(
      () => response.end('taken'),
      (error: Error) => response.writeHead(401).end(error.message),
    );
  });
  gateway = await startWorker({
    routes: [{ path: '/*', origin: origin.url }],
    signingKey: keys.privateKey,
  });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

async function check({ method = '', url = '', headers }: IncomingMessage): Promise<void> {
  const signature = String(headers[gatewaySignature] ?? '');
  const { client } = await verify(signature, { method, target: url });
  assert.equal(client, headers['x-forwarded-for']);
  taken = { method, url, signature };
}

test('the origin can verify every request of the gateway', async () => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const { status, body } = await ask(gateway.url, `/api/${method}?a=1`, { method, from: '127.0.1.7' });
    assert.equal(status, 200, `${method}: ${body}`);
  }
});

test('for every spelling of path and query, the signed target is the one that arrives', async () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      '/',
      '?',
      '&',
      '=',
      '+',
      '%20',
      '%41',
      '%C3%A9',
      "'",
      '"',
      '<',
      '>',
      '`',
      '{',
      '|',
      '^',
      '[',
      ']',
    ],
    ...[';', ':', '@', '!', '$', '*', '(', '~', ',', '%3f', '%23', '%26'],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
      const path = `/${pieces.join('')}`;
      const { status, body } = await ask(gateway.url, path);
      assert.ok([200, 400].includes(status), `${path} gave ${status}: ${body}`);
    }),
    { numRuns: 300 },
  );
});

test('a client can neither send a signature nor reuse one for another request', async () => {
  await ask(gateway.url, '/once', { from: '127.0.1.7' });
  assert.ok(taken);
  const { signature } = taken;
  const stolen = { [gatewaySignature]: signature, 'x-forwarded-for': '127.0.1.7' };
  assert.equal((await ask(origin.url, '/once', { headers: stolen })).status, 200);
  assert.equal((await ask(origin.url, '/twice', { headers: stolen })).status, 401);
  assert.equal((await ask(origin.url, '/once', { method: 'DELETE', headers: stolen })).status, 401);
  assert.equal(
    (await ask(origin.url, '/once', { headers: { ...stolen, 'x-forwarded-for': '::1' } })).status,
    401,
  );
  assert.equal((await ask(origin.url, '/once')).status, 401);
  await ask(gateway.url, '/other', { headers: stolen });
  assert.notEqual(taken.signature, signature);
});
