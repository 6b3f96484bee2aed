import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, test } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { ask, startOrigin, startWorker } from './testing/harness.ts';

let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
/** Number of requests that reached the origin. Every response contains its own number. */
let count = 0;

/** Headers of responses that may not be cached, by path. */
const unkeepable: Record<string, Record<string, string>> = {
  '/kept/cookie': { 'set-cookie': 'a=1' },
  '/kept/private': { 'cache-control': 'private, max-age=9' },
  '/kept/no-store': { 'cache-control': 'no-store' },
  '/kept/vary': { vary: 'accept-language' },
};

beforeAll(async () => {
  origin = await startOrigin(answer);
  gateway = await startWorker({
    routes: [
      { path: '/*', origin: origin.url },
      { path: '/kept/*', origin: origin.url, cache: 1 },
      { path: '/long/*', origin: origin.url, cache: 60 },
    ],
  });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const path = url.split('?')[0] ?? '';
  const body = String(++count);
  response.setHeaders(new Map(Object.entries({ etag: `"${body}"`, ...unkeepable[path] })));
  if (path === '/kept/missing') response.statusCode = 404;
  if (path === '/kept/endless') response.write(body);
  response.end(path === '/kept/large' ? body.padEnd(2 * 1024 * 1024) : body);
}

const bodyOf = async (path: string, options?: Parameters<typeof ask>[2]) =>
  (await ask(gateway.url, path, options)).body;

/** Waits for the cached response, which the Worker stores after sending it. */
const isKept = (path: string) =>
  eventually(async () => {
    const body = await bodyOf(path);
    return (await bodyOf(path)) === body && body;
  });

test('a response is cached for its lifetime, with its headers and its age', async () => {
  await isKept('/long/a?b=1&a=2');
  const first = await ask(gateway.url, '/long/a?b=1&a=2');
  const second = await ask(gateway.url, '/long/a?b=1&a=2', { from: '127.0.1.9' });
  assert.equal(second.body, first.body);
  assert.equal(second.headers.etag, `"${second.body}"`);
  assert.match(String(second.headers.age), /^[0-9]{1,2}$/);
  assert.equal(second.headers['cache-control'], 'public, max-age=60');
  assert.notEqual(second.headers['x-correlation-id'], first.headers['x-correlation-id']);
  const short = await isKept('/kept/a');
  await eventually(async () => (await bodyOf('/kept/a')) !== short, 30_000);
});

test('the key is method, host, path and sorted query', async () => {
  const body = await bodyOf('/long/a?b=1&a=2');
  assert.equal(await bodyOf('/long/a?a=2&b=1'), body);
  const others = ['/long/a', '/long/a?a=2', '/long/A?a=2&b=1', '/long/a?a=2&b=1&b=1', '/long/a?a=2&b=%31'];
  const bodies = await Promise.all(others.map((path) => bodyOf(path)));
  assert.equal(new Set([body, ...bodies]).size, others.length + 1);
  assert.notEqual(await bodyOf('/long/a?a=2&b=1', { headers: { host: 'other.example' } }), body);
  assert.equal(await bodyOf('/long/a?a=2&b=1', { method: 'HEAD' }), '');
  assert.notEqual(await bodyOf('/long/a?x=1&x=2'), await bodyOf('/long/a?x=2&x=1'));
});

test('requests and responses of one user neither fill nor use the cache', async () => {
  for (const headers of [{ cookie: 'session=1' }, { authorization: 'Bearer x' }]) {
    // The attack: a private page at the URL of a static file.
    const mine = await bodyOf('/long/me/x.css', { headers });
    const theirs = await bodyOf('/long/me/x.css');
    assert.notEqual(theirs, mine);
    assert.notEqual(await bodyOf('/long/me/x.css', { headers }), theirs);
  }
});

test('some responses are never cached', async () => {
  const paths = [...Object.keys(unkeepable), '/kept/missing', '/kept/endless', '/kept/large', '/elsewhere'];
  for (const path of paths) assert.notEqual(await bodyOf(path), await bodyOf(path), path);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    assert.notEqual(await bodyOf('/long/b', { method }), await bodyOf('/long/b', { method }), method);
});
