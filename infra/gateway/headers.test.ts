import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import fc from 'fast-check';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  origin = await startOrigin((request, response) => {
    response.end(JSON.stringify({ url: request.url, headers: request.headers }));
  });
  gateway = await startWorker({ routes: [{ path: '/*', origin: origin.url }] });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

const claim = fc.constantFrom(
  ...['X-Forwarded-For', 'x-forwarded-host', 'X-FORWARDED-PROTO', 'X-Forwarded-Client-Cert', 'Forwarded'],
  ...['CF-Connecting-IP', 'cf-ipcountry', 'CF-Worker', 'True-Client-IP', 'X-Real-IP', 'X-Client-IP'],
  ...['X-Internal-User', 'x-internal-', 'X-Gateway-Signature', 'Proxy-Authorization', 'Keep-Alive', 'TE'],
);
const other = fc.constantFrom(
  'Accept',
  'Authorization',
  'Cookie',
  'X-Own',
  'X-Correlation-Id',
  'X-CF',
  'XForwarded',
);
const harmless = /^(accept|authorization|cookie|x-own|x-cf|xforwarded)$/;
/** A `Connection` header may list a header's name, or a similar one. */
const connection = fc
  .array(fc.oneof(claim, other, fc.constantFrom('close', '', '*', 'host', 'x-own')), { maxLength: 4 })
  .map((names) => ({ Connection: names.join(', ') }));
const value = fc.oneof(
  fc.constantFrom(
    '6.6.6.6',
    '127.0.0.1, 6.6.6.6',
    '\t6.6.6.6',
    '',
    'root',
    'for=6.6.6.6;host=x',
    '../internal',
  ),
  fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/),
);
const headers = fc
  .tuple(fc.dictionary(fc.oneof(claim, other), value, { maxKeys: 8 }), fc.option(connection, { nil: {} }))
  .map(([named, listed]): Record<string, string> => ({ ...named, ...listed }));

test('for any headers of a client, an origin gets only the claims of the gateway', async () => {
  await fc.assert(
    fc.asyncProperty(headers, async (sent) => {
      const { status, body } = await ask(gateway.url, '/a?b', { headers: sent, from: '127.0.1.7' });
      assert.equal(status, 200);
      const seen = JSON.parse(body) as { url: string; headers: IncomingHttpHeaders };
      assert.equal(seen.url, '/a?b');
      const { host, 'x-correlation-id': id, ...rest } = seen.headers;
      assert.equal(host, new URL(origin.url).host);
      assert.match(String(id), /^[\w.-]{1,64}$/);
      const nominated = sent.Connection?.toLowerCase().includes('x-own');
      assert.equal(rest['x-own'], nominated ? undefined : sent['X-Own']?.trim());
      const claims = Object.entries(rest).filter(([name]) => !harmless.test(name));
      assert.deepEqual(Object.fromEntries(claims), {
        'x-forwarded-for': '127.0.1.7',
        'x-forwarded-host': new URL(gateway.url).host,
        'x-forwarded-proto': 'http',
      });
    }),
    { numRuns: 300 },
  );
});
