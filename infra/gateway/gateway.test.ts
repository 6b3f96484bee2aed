import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import fc from 'fast-check';
import { eventually } from '../../tools/testing/eventually.ts';
import { freePort } from '../../tests/servers.ts';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let api: Awaited<ReturnType<typeof startOrigin>>;
let web: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
/** Paths that reached an origin. */
const reached: string[] = [];
const log: string[] = [];

beforeAll(async () => {
  const origin = (name: string) =>
    startOrigin((request, response) => {
      reached.push(`${name} ${request.url ?? ''}`);
      response.setHeader('server', 'origin/1');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ name, url: request.url, headers: request.headers }));
    });
  [api, web] = await Promise.all([origin('api'), origin('web')]);
  const routes = [
    { path: '/api/*', origin: api.url },
    { path: '/gone/*', origin: `http://127.0.0.1:${await freePort()}` },
    { path: '/*', origin: web.url },
  ];
  gateway = await startWorker({ routes, cors: { origins: ['https://app.example'] } }, (line) =>
    log.push(line),
  );
});

afterAll(async () => {
  await gateway.stop();
  for (const origin of [api, web]) origin.close();
});

test('a request reaches the origin of its route, with the claims of the gateway only', async () => {
  const forged = {
    'cf-connecting-ip': '6.6.6.6',
    'x-forwarded-for': '6.6.6.6',
    'x-forwarded-proto': 'https',
    'x-real-ip': '6.6.6.6',
    'x-internal-user': 'root',
    'x-correlation-id': 'test-1',
  };
  const { status, body, headers } = await ask(gateway.url, '/api/v1/shifts?a=1', {
    headers: forged,
    from: '127.0.1.5',
  });
  assert.equal(status, 200);
  const seen = JSON.parse(body) as { name: string; url: string; headers: Record<string, string> };
  assert.deepEqual([seen.name, seen.url], ['api', '/api/v1/shifts?a=1']);
  assert.deepEqual(seen.headers, {
    host: new URL(api.url).host,
    'x-forwarded-for': '127.0.1.5',
    'x-forwarded-host': new URL(gateway.url).host,
    'x-forwarded-proto': 'http',
    'x-correlation-id': 'test-1',
  });
  assert.equal(headers['x-correlation-id'], 'test-1');
  assert.equal(headers.server, undefined);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match((await ask(gateway.url, '/any')).body, /"name":"web"/);
});

test('the gateway serves its own /health', async () => {
  const { status, body } = await ask(gateway.url, '/health');
  assert.equal(status, 200);
  assert.equal((JSON.parse(body) as { service: string }).service, 'gateway');
});

test('the body of a GET is not forwarded', async () => {
  for (const method of ['GET', 'HEAD'])
    for (const body of ['', 'evil']) {
      const headers = { 'content-length': String(body.length) };
      const answer = await ask(gateway.url, '/x', { method, body, headers });
      assert.equal(answer.status, 200);
      assert.doesNotMatch(answer.body, /content-length|transfer-encoding/);
    }
});

test('private and ambiguous paths reach no origin', async () => {
  const before = reached.length;
  for (const path of [
    '/internal/x',
    '/INTERNAL/x',
    '/%69nternal/x',
    '/internal',
    '/internal%2fx',
    '/internal%00',
    '/%2569nternal/x',
    '//internal/x',
    '/\\internal/x',
    '/api/../internal',
    '/x/%2e%2e/internal',
    '/health/ready',
    '/metrics',
    '/%6detrics',
    '/api/..%2fmetrics',
  ]) {
    assert.equal((await ask(gateway.url, path)).status, 404, path);
  }
  for (const path of ['/a%2fb', '/a%5cb', '/a\\b', '//evil', '/x/%2e%2e/y', '/a%00', '/%c0%ae/x']) {
    assert.equal((await ask(gateway.url, path)).status, 400, path);
  }
  assert.equal((await ask(gateway.url, '/x', { method: 'TRACE' })).status, 405);
  assert.equal(reached.length, before);
});

test('every spelling of a path reaches only the origin of its route', async () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    'api',
    'internal',
    '%69nternal',
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '\\',
    ';',
    '%',
    '%00',
    '%25',
    'x',
    '?',
    '#',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 7 }), async (pieces) => {
      const path = `/${pieces.join('')}`;
      reached.length = 0;
      const { status, body } = await ask(gateway.url, path);
      assert.ok([200, 400, 404].includes(status), `${path} gave ${status}: ${body}`);
      for (const entry of reached) {
        const [name, url = ''] = entry.split(' ');
        const decoded = decodeURIComponent(url.split('?')[0] ?? '');
        assert.doesNotMatch(decoded, /\/\/|\\|(^|\/)\.{1,2}(\/|$)|^\/internal([/;]|$)/i);
        assert.equal(name, /^\/api(\/|$)/.test(decoded) ? 'api' : 'web', path);
      }
    }),
    { numRuns: 300 },
  );
});

test('an unreachable origin is a 502: a page for browsers, JSON for other clients', async () => {
  const json = await ask(gateway.url, '/gone/x', { headers: { 'x-correlation-id': 'test-2' } });
  assert.equal(json.status, 502);
  assert.equal((JSON.parse(json.body) as { error: { code: string } }).error.code, 'bad_gateway');
  const line = await eventually(() => log.find((text) => text.includes('test-2')));
  const { msg, route, correlationId } = JSON.parse(line) as Record<string, unknown>;
  assert.deepEqual([msg, route, correlationId], ['origin failed', '/gone/*', 'test-2']);
  const page = await ask(gateway.url, '/gone/x', { headers: { accept: 'text/html' } });
  assert.match(page.body, /<h1>Temporarily unavailable<\/h1>/);
});

test('pages of allowed origins may read responses, others may not', async () => {
  const preflight = (origin: string) =>
    ask(gateway.url, '/api/x', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'x-a' },
    });
  const allowed = await preflight('https://app.example');
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers['access-control-allow-origin'], 'https://app.example');
  assert.match(String(allowed.headers['access-control-allow-methods']), /PATCH/);
  assert.equal(allowed.headers['access-control-allow-headers'], 'x-a');
  const other = await preflight('https://evil.example');
  assert.equal(other.headers['access-control-allow-origin'], undefined);
  const answer = await ask(gateway.url, '/api/x', { headers: { origin: 'https://app.example' } });
  assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example');
  assert.match(String(answer.headers.vary), /Origin/);
});
