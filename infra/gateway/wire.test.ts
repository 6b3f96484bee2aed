import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, test } from 'vitest';
import { startOrigin, startWorker } from './testing/harness.ts';

/** Sends malformed and unusual requests, written byte by byte. */
let origin: Awaited<ReturnType<typeof startOrigin>>;
let gateway: Awaited<ReturnType<typeof startWorker>>;
/** Requests that reached the origin, by method and target. */
let reached: string[] = [];
/** Number of requests in progress at the origin, and the maximum so far. */
let open = 0;
let most = 0;

beforeAll(async () => {
  origin = await startOrigin((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    if (request.url === '/waits') return;
    most = Math.max(most, ++open);
    response.once('close', () => open--);
    request.resume().on('end', () => response.end(JSON.stringify(request.headers)));
  });
  gateway = await startWorker({
    routes: [{ path: '/*', origin: origin.url }],
    hosts: { names: ['a', 'rota', 'rota.example', '127.0.0.1', '[::1]'], addresses: false },
  });
});

afterAll(async () => {
  await gateway.stop();
  origin.close();
});

/** Sends `text` and returns everything until the gateway closes. `text` must end with a request to close. */
async function exchange(text: string): Promise<{ statuses: number[]; body: string; reached: string[] }> {
  reached = [];
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(text);
  const parts: string[] = [];
  socket.on('data', (part: string) => parts.push(part)).on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  const answer = parts.join('');
  const statuses = [...answer.matchAll(/HTTP\/1\.[01] (\d+)/g)].map(([, status]) => Number(status));
  return { statuses, body: answer.slice(answer.lastIndexOf('\r\n\r\n') + 4), reached };
}

const last = 'GET /last HTTP/1.1\r\nhost: rota\r\nconnection: close\r\n\r\n';
const smuggled = 'GET /internal/x HTTP/1.1\r\nhost: rota\r\n\r\n';

test('no spelling of a host makes the origin see another path than the checked one', async () => {
  const good = ['rota', 'Rota.Example:80', '127.0.0.1:8080', '[::1]:8080'];
  const bad = [
    'a\\internal\\x?',
    'a\\metrics?',
    '/x/metrics?',
    '//x/health?',
    'a:80\\metrics?',
    'a?',
    'a#',
    'a@',
  ];
  bad.push('/internal?', 'u@a', 'a b', 'a%2f', 'a:99999', 'a/');
  for (const host of [...good, ...bad]) {
    const answer = await exchange(`GET /api/x HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    assert.deepEqual(answer.statuses, [good.includes(host) ? 200 : 400], host);
    assert.deepEqual(answer.reached, good.includes(host) ? ['GET /api/x'] : [], host);
  }
});

test('a target may name another host, and is a path of this one', async () => {
  const ask = (target: string) =>
    exchange(`GET ${target} HTTP/1.1\r\nhost: rota\r\nconnection: close\r\n\r\n`);
  assert.deepEqual((await ask('http://other/x')).reached, ['GET /x']);
  for (const target of [`${origin.url}/internal/x`, 'http://other/metrics', '*', '@other/x', '/a\tb'])
    assert.deepEqual((await ask(target)).reached, [], target);
});

test('the end of a request is never ambiguous', async () => {
  const requests: [text: string, statuses: number[], reached: string[]][] = [
    [`content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, [400], []],
    [`content-length: ${smuggled.length}\r\n\r\n`, [200, 200], ['POST /x', 'GET /last']],
    ['content-length: 0\r\ncontent-length: 9\r\n\r\n', [400], []],
    ['content-length: +0\r\n\r\n', [400], []],
    ['transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n', [400], []],
    ['transfer-encoding: \u000bchunked\r\ncontent-length: 0\r\n\r\n', [400], []],
    ['transfer-encoding : chunked\r\ncontent-length: 0\r\n\r\n', [400], []],
    ['content-length: 0\r\nx-a: 1\r\n x-b: 2\r\n\r\n', [400], []],
  ];
  for (const [rest, statuses, expected] of requests) {
    const answer = await exchange(`POST /x HTTP/1.1\r\nhost: rota\r\n${rest}${smuggled}${last}`);
    assert.deepEqual([answer.statuses, answer.reached], [statuses, expected], rest);
  }
});

test('malformed HTTP/1.1 is a 4xx', async () => {
  const chunked = 'POST /x HTTP/1.1\r\nhost: rota\r\ntransfer-encoding: chunked\r\n\r\n';
  const requests: [text: string, status: number][] = [
    ['CONNECT evil.example:443 HTTP/1.1\r\nhost: rota\r\n\r\n', 405],
    [`${chunked}zz\r\nabc\r\n0\r\n\r\n`, 400],
    [`${chunked}3\r\nabcX\r\n0\r\n\r\n`, 400],
    [`${chunked}-1\r\n\r\n`, 400],
    [last.replace('1.1', '2.0'), 400],
    [last.replace('GET', 'BREW'), 400],
    [last.replace('host', `x-long: ${'x'.repeat(100_000)}\r\nhost`), 431],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ];
  for (const [text, status] of requests)
    assert.deepEqual((await exchange(text)).statuses, [status], text.slice(0, 80));
});

test('a request before a malformed one gets its response', async () => {
  const answer = await exchange(`${last.replace('connection: close\r\n', '')}garbage\r\n\r\n`);
  assert.equal(answer.statuses[0], 200);
  assert.ok(answer.reached.includes('GET /last'));
});

test('no client can set the address that the Worker counts, not even after a refused upgrade', async () => {
  const forged = 'X-Gateway-Client: 6.6.6.6\r\nx-gateway-client: 6.6.6.6\r\n';
  const named = `connection: close, x-gateway-client\r\n`;
  const { body } = await exchange(`GET /x HTTP/1.1\r\nhost: rota\r\n${named}${forged}\r\n`);
  assert.match(body, /"x-forwarded-for":"127\.0\.0\.1"/);
  const second = await exchange(
    `GET /ws HTTP/1.1\r\nhost: rota\r\n${upgrade}GET /x HTTP/1.1\r\nhost: rota\r\n${forged}\r\n${last}`,
  );
  assert.deepEqual(second.reached, ['GET /ws']);
  assert.doesNotMatch(second.body, /6\.6\.6\.6/);
});

const key = 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-version: 13\r\n';
const upgrade = `connection: upgrade\r\nupgrade: websocket\r\n${key}\r\n`;

test('data after a request that has no response yet does no harm', { timeout: 30_000 }, async () => {
  const waits = 'GET /waits HTTP/1.1\r\nhost: rota\r\n\r\n';
  const tunnel = 'CONNECT rota:80 HTTP/1.1\r\nhost: rota\r\n\r\n';
  for (const next of [`GET /ws HTTP/1.1\r\nhost: rota\r\n${upgrade}`, tunnel]) {
    assert.deepEqual((await exchange(`${waits}${next}`)).statuses, [], next);
    assert.deepEqual((await exchange(last)).statuses, [200]);
  }
});

test(
  'pipelined requests of one connection are forwarded one at a time, in order',
  { timeout: 30_000 },
  async () => {
    const many = Array.from({ length: 30 }, (_, index) => `/x${index}`);
    const requests = many.map((path) => last.replace('connection: close\r\n', '').replace('/last', path));
    most = 0;
    const answer = await exchange(requests.join('') + last);
    assert.deepEqual(answer.statuses, Array(31).fill(200));
    assert.deepEqual(
      answer.reached,
      [...many, '/last'].map((path) => `GET ${path}`),
    );
    assert.equal(most, 1);
    assert.deepEqual((await exchange(last.replace('connection: close\r\n', '').repeat(500))).statuses, []);
  },
);

test(
  'a long body that the origin does not read prevents neither the response nor the next request',
  { timeout: 30_000 },
  async () => {
    const length = 20_000_000;
    const upload = `POST /internal/x HTTP/1.1\r\nhost: rota\r\ncontent-length: ${length}\r\n\r\n`;
    const { statuses, reached: paths } = await exchange(`${upload}${'x'.repeat(length)}${last}`);
    assert.deepEqual([statuses, paths], [[404, 200], ['GET /last']]);
  },
);

test('a request for another protocol is handled without the upgrade', { timeout: 30_000 }, async () => {
  const body = 'content-length: 5\r\n\r\nhello';
  const requests: [text: string, reached: string][] = [
    [`POST /x HTTP/1.1\r\nhost: rota\r\nupgrade: websocket\r\n${key}${body}`, 'POST /x'],
    [
      `POST /x HTTP/1.1\r\nhost: rota\r\nconnection: upgrade\r\nupgrade: websocket\r\n${key}${body}`,
      'POST /x',
    ],
    ['GET /x HTTP/1.1\r\nhost: rota\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n', 'GET /x'],
  ];
  for (const [text, expected] of requests) {
    const answer = await exchange(text);
    assert.deepEqual([answer.statuses, answer.reached], [[200], [expected]], text);
  }
});

test(
  'a refused WebSocket closes the connection, even if the client does not close it',
  { timeout: 30_000 },
  async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    socket.write(`GET /ws HTTP/1.1\r\nhost: rota\r\n${upgrade}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1.1 200 /);
    await once(socket.resume(), 'end');
    // A write causes a reset only if the other end is closed.
    const ended = once(socket, 'error');
    const timer = setInterval(() => socket.write('x'), 50);
    await ended;
    clearInterval(timer);
  },
);

test('a body with Expect: 100-continue passes', async () => {
  const head = 'POST /x HTTP/1.1\r\nhost: rota\r\nconnection: close\r\nexpect: 100-continue\r\n';
  const { statuses } = await exchange(`${head}content-length: 3\r\n\r\nabc`);
  assert.deepEqual(statuses, [100, 200]);
});

test('no spelling of a header, and no trailer, can set the client address', async () => {
  const claims =
    'X_Forwarded_For: 6.6.6.6\r\nx-forwarded_for: 6.6.6.6\r\nx_real_ip: 6.6.6.6\r\nX_Gateway_Signature: 6.6.6.6\r\n';
  const chunked =
    'transfer-encoding: chunked\r\ntrailer: x-forwarded-for\r\n\r\n0\r\nx-forwarded-for: 6.6.6.6\r\n\r\n';
  const { body } = await exchange(
    `POST /x HTTP/1.1\r\nhost: rota\r\nconnection: close\r\n${claims}${chunked}`,
  );
  assert.match(body, /"x-forwarded-for":"127\.0\.0\.1"/);
  assert.doesNotMatch(body, /6\.6\.6\.6/);
});
