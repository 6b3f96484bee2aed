import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { createKeys } from '../../tests/keys.ts';
import { gatewaySignature } from '../tokens/gateway-signature.ts';
import { createGatewayVerifier } from '../tokens/gateway-verifier.ts';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

const keys = createKeys();
let count = 0;
const origin = await startOrigin((request, response) => {
  const { url, headers } = request;
  const body = JSON.stringify({ url, headers, count: ++count });
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
});
const rateLimit = { requests: 2, period: 60 as const };
const to = (service: string) => ({ origin: origin.url, service });
let gateway: Awaited<ReturnType<typeof startWorker>>;

beforeAll(async () => {
  gateway = await startWorker({
    routes: [
      { path: '/*', ...to('web') },
      { host: 'app.example.com', path: '/*', ...to('app') },
      { host: 'app.example.com', path: '/api/*', stripPrefix: true, ...to('api') },
      { host: '*.example.com', path: '/*', ...to('tenant') },
      { host: 'one.cached.test', path: '/*', cache: 60, ...to('one') },
      { host: 'two.cached.test', path: '/*', cache: 60, ...to('two') },
      { host: 'one.limited.test', path: '/*', rateLimit, ...to('one') },
      { host: 'two.limited.test', path: '/*', rateLimit, ...to('two') },
    ],
    hosts: {
      names: ['example.net', 'app.example.com', '*.example.com', '*.cached.test', '*.limited.test'],
      addresses: false,
    },
    signingKey: keys.privateKey,
  });
});
afterAll(async () => {
  await gateway.stop();
  origin.close();
});

interface Seen {
  url: string;
  headers: Record<string, string>;
  count: number;
}

async function seen(host: string, path: string, headers: Record<string, string> = {}): Promise<Seen> {
  const { status, body } = await ask(gateway.url, path, { headers: { host, ...headers } });
  assert.equal(status, 200, body);
  return JSON.parse(body) as Seen;
}

test('requests go to the service of their host, which gets a signature for it', async () => {
  const services = ['web', 'app', 'api', 'tenant'];
  const verifiers = await Promise.all(services.map((name) => createGatewayVerifier(keys.publicKey, name)));
  const serviceOf = async (host: string, path: string) => {
    const { url, headers } = await seen(host, path);
    const verified = verifiers.map((verify) =>
      verify(headers[gatewaySignature] ?? '', { method: 'GET', target: url }),
    );
    const accepted = (await Promise.allSettled(verified)).map((result) => result.status === 'fulfilled');
    return services.filter((_name, index) => accepted[index]);
  };
  assert.deepEqual(await serviceOf('example.net', '/x'), ['web']);
  assert.deepEqual(await serviceOf('app.example.com:8080', '/x'), ['app']);
  assert.deepEqual(await serviceOf('app.example.com', '/api/x?y=1'), ['api']);
  assert.deepEqual(await serviceOf('acme.example.com', '/api/x'), ['tenant']);
});

test('a stripped prefix is in X-Forwarded-Prefix, which clients cannot set', async () => {
  const { url, headers } = await seen('app.example.com', '/api/users?page=2', {
    'x-forwarded-prefix': '/evil',
  });
  assert.equal(url, '/users?page=2');
  assert.equal(headers['x-forwarded-prefix'], '/api');
  assert.equal(headers['x-forwarded-host'], 'app.example.com');
  const other = await seen('example.net', '/api/users', { 'x-forwarded-prefix': '/evil' });
  assert.deepEqual([other.url, other.headers['x-forwarded-prefix']], ['/api/users', undefined]);
});

test('a private path stays private behind a stripped prefix', async () => {
  for (const path of [
    '/api/internal/x',
    '/api/health',
    '/api/metrics',
    '/api/%69nternal',
    '/api/Health/ready',
  ]) {
    const { status } = await ask(gateway.url, path, { headers: { host: 'app.example.com' } });
    assert.equal(status, 404, path);
  }
  assert.equal(
    (await ask(gateway.url, '/api//internal', { headers: { host: 'app.example.com' } })).status,
    400,
  );
  // Without `stripPrefix`, such a path is the service's own.
  assert.equal((await seen('example.net', '/api/internal/x')).url, '/api/internal/x');
});

test('a host without a route of its own, and outside of every wildcard, is refused', async () => {
  assert.equal((await ask(gateway.url, '/', { headers: { host: 'example.com' } })).status, 421);
});

test('hosts share neither cached responses nor rate limits', async () => {
  const one = await seen('one.cached.test', '/page');
  const two = await seen('two.cached.test', '/page');
  assert.notEqual(one.count, two.count);
  assert.equal((await seen('one.cached.test', '/page')).count, one.count);
  const statusOf = async (host: string) => (await ask(gateway.url, '/', { headers: { host } })).status;
  assert.deepEqual(
    [
      ...[await statusOf('one.limited.test'), await statusOf('one.limited.test')],
      ...[await statusOf('one.limited.test'), await statusOf('two.limited.test')],
    ],
    [200, 200, 429, 200],
  );
});

test('a gateway can listen on a further address at the same port, and says which one is in use', async () => {
  const config = { routes: [{ path: '/*', ...to('web') }], alsoAt: '127.0.0.2' };
  const both = await startWorker(config);
  const { port } = new URL(both.url);
  const answer = () =>
    ask(`http://127.0.0.2:${port}`, '/', { headers: { host: '127.0.0.1' }, from: '127.0.0.3' });
  try {
    const { status, body } = await answer();
    assert.equal(status, 200);
    assert.equal((JSON.parse(body) as Seen).headers['x-forwarded-for'], '127.0.0.3');
    await assert.rejects(startWorker({ ...config, port: Number(port), host: '127.0.0.4' }), {
      message: `The gateway cannot listen on 127.0.0.2:${port}: another process uses this port. Stop that process, or choose another \`gateway.port\` in the stack file.`,
    });
  } finally {
    await both.stop();
  }
  await assert.rejects(answer(), { code: 'ECONNREFUSED' });
});
