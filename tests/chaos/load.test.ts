import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TestContext } from 'vitest';
import { startLoad } from './load.ts';
import { unless } from '../../tools/testing/unless.ts';

const lack = process.platform === 'linux' ? undefined : 'needs all of 127.0.0.0/8';
const get = () => ({ method: 'GET', path: '/' });

unless(lack).test('a stall counts for all requests that were due meanwhile', async (t) => {
  let stall: Promise<void> = Promise.resolve();
  const url = await serve(t, (_request, response) => void stall.then(() => response.end('{}')));
  const load = startLoad({ url, rate: 100, total: 150, request: get });
  setTimeout(() => {
    stall = sleep(500);
  }, 500);
  const { sent, failed, p50, p99 } = await load.done;
  assert.deepEqual({ sent, failed }, { sent: 150, failed: 0 });
  assert.ok(p50 < p99, `${p50}`);
  // A third of the requests waited; a closed-loop client would have measured only one.
  assert.ok(p99 > 350, `${p99}`);
});

unless(lack).test('failures are counted by reason, responses are passed on', async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url === '/cut') return request.socket.resetAndDestroy();
    response.statusCode = request.url === '/wrong' ? 502 : 201;
    request.pipe(response);
  });
  const paths = ['/', '/wrong', '/cut', '/'];
  const answers: string[] = [];
  const { failures } = await startLoad({
    url,
    rate: 50,
    total: 4,
    request: (index) => ({ method: 'POST', path: paths[index] ?? '', body: { index } }),
    onAnswer: (body) => answers.push(body),
  }).done;
  assert.deepEqual(Object.fromEntries(failures), { 'status 502': 1, ECONNRESET: 1 });
  assert.deepEqual(answers.toSorted(), ['{"index":0}', '{"index":3}']);
});

unless(lack).test('every client has its own address and reuses its connection', async (t) => {
  const connections = new Map<string, number>();
  const url = await serve(t, ({ socket }, response) => {
    connections.set(`${socket.remoteAddress}:${socket.remotePort}`, 1);
    response.end('{}');
  });
  await startLoad({ url, rate: 40, total: 80, request: get }).done;
  // 40 a second are 2,400 a minute: 40 clients at 60 each.
  assert.equal(connections.size, 40);
  assert.equal(new Set([...connections.keys()].map((client) => client.split(':')[0])).size, 40);
});

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
