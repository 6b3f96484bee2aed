import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'vitest';
import { watchHealth } from './health.ts';

test('a process that was ready before stays ready after one failed check, and liveness checks continue', async (t) => {
  const asked = new Set<string>();
  let answers = 0;
  const enough = new AbortController();
  const server = createServer(({ url = '' }, response) => {
    asked.add(url);
    const failed = url === '/ready' && answers++ === 0;
    response.writeHead(failed ? 503 : 200).end();
    if (answers > 1 && asked.has('/health')) enough.abort();
  }).listen(0, '127.0.0.1');
  t.onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const told: string[] = [];
  const events = {
    ready: () => told.push('ready'),
    unready: () => told.push('unready'),
    dead: () => told.push('dead'),
  };
  const health = { path: '/health', ready: '/ready' };
  await assert.rejects(watchHealth(health, { host: '127.0.0.1', port }, events, enough.signal, 'ready'), {
    name: 'AbortError',
  });
  assert.deepEqual(told, []);
});
