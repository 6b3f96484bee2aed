import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, test } from 'vitest';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { ask, readText, startWorker } from './testing/harness.ts';

/** The used part of the server's WebSocket. */
interface Socket {
  on(event: 'message', listener: (data: Buffer, binary: boolean) => void): void;
  send(data: Buffer, options: { binary: boolean }): void;
  close(code: number, reason: string): void;
}

let gateway: Awaited<ReturnType<typeof startWorker>>;
/** Number of further connections that the origin closes without a response. */
let failures = 0;
let resumeStream: () => void = () => undefined;
const app = Fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });

beforeAll(async () => {
  await app.register(websocket);
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.get('/echo', { websocket: true }, (socket: Socket) => {
    socket.on('message', (data: Buffer, binary: boolean) => {
      if (String(data) === 'bye') socket.close(1012, 'restarting');
      else socket.send(data, { binary });
    });
  });
  app.post('/upload', async (request) => {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of request.body as IncomingMessage) {
      hash.update(chunk as Buffer);
      size += (chunk as Buffer).length;
    }
    return { size, hash: hash.digest('hex'), length: request.headers['content-length'] };
  });
  app.get('/zipped', (_request, reply) =>
    reply
      .header('content-encoding', 'gzip')
      .type('text/plain')
      .send(gzipSync('hello '.repeat(100))),
  );
  app.get('/moved', (_request, reply) => reply.redirect('/elsewhere'));
  app.get('/stream', (_request, reply) => stream(reply.hijack().raw));
  app.get('/shaky', (request, reply) => {
    if (failures-- > 0) request.raw.socket.destroy();
    else return reply.send('fine');
  });
  app.post('/shaky', (request) => {
    failures--;
    request.raw.socket.destroy();
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  gateway = await startWorker({ routes: [{ path: '/*', origin }] });
});

afterAll(async () => {
  await gateway.stop();
  await app.close();
});

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  resumeStream = () => void response.end('data: 2\n\n');
}

test('a WebSocket carries text, binary and its close code', { timeout: 60_000 }, async () => {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/echo`);
  socket.binaryType = 'arraybuffer';
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the WebSocket was refused'));
  });
  const echoes: unknown[] = [];
  const all = new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }) => {
      echoes.push(data);
      if (echoes.length === 1_001) resolve();
    });
  });
  for (let count = 0; count < 1_000; count++) socket.send(`message ${count}`);
  socket.send(new Uint8Array([1, 2, 3]));
  await all;
  assert.equal(echoes[999], 'message 999');
  assert.deepEqual(new Uint8Array(echoes[1_000] as ArrayBuffer), new Uint8Array([1, 2, 3]));
  const closed = once(socket, 'close');
  socket.send('bye');
  const [event] = (await closed) as [CloseEvent];
  assert.equal(event.code, 1012);
});

test('a page of another origin may not open a WebSocket', async () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    origin: 'https://evil.example',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  assert.equal((await ask(gateway.url, '/echo', { headers })).status, 403);
});

test('an upload of 50 MB arrives unchanged, with and without a length, and is never buffered as a whole', async () => {
  const body = randomBytes(50 * 1024 * 1024);
  const before = workerdMemory();
  const hash = createHash('sha256').update(body).digest('hex');
  for (const length of [String(body.length), undefined]) {
    const answer = await upload(body, length);
    assert.deepEqual(answer, { size: body.length, hash, ...(length !== undefined && { length }) });
  }
  const grown = workerdMemory() - before;
  assert.ok(grown < body.length / 2, `workerd has grown by ${grown} bytes`);
});

test('a response is forwarded while the origin is still writing it', async () => {
  const response = await fetch(`${gateway.url}/stream`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  assert.equal((await reader.read()).value, 'data: 1\n\n');
  resumeStream();
  assert.equal((await reader.read()).value, 'data: 2\n\n');
  assert.equal((await reader.read()).done, true);
});

test('compressed responses and redirects pass unchanged', async () => {
  const { hostname, port } = new URL(gateway.url);
  const request = httpRequest({
    hostname,
    port,
    path: '/zipped',
    headers: { 'accept-encoding': 'gzip' },
  }).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  assert.equal(response.headers['content-encoding'], 'gzip');
  const zipped = Buffer.concat((await response.toArray()) as Buffer[]);
  assert.equal(gunzipSync(zipped).toString(), 'hello '.repeat(100));
  const moved = await ask(gateway.url, '/moved');
  assert.deepEqual([moved.status, moved.headers.location], [302, '/elsewhere']);
});

test('a GET whose connection breaks is retried once, a POST never', async () => {
  failures = 1;
  assert.equal((await ask(gateway.url, '/shaky')).status, 200);
  failures = 10;
  assert.equal((await ask(gateway.url, '/shaky')).status, 502);
  // workerd itself repeats a GET on a reused connection that was just closed.
  assert.ok(10 - failures <= 4, 'the number of attempts is small');
  failures = 1;
  assert.equal((await ask(gateway.url, '/shaky', { method: 'POST' })).status, 502);
  assert.equal(failures, 0);
});

/** Returns the peak memory of this test's workerd, in bytes. */
function workerdMemory(): number {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ');
  const statuses = children.map((pid) => readFileSync(`/proc/${pid}/status`, 'utf8'));
  const status = statuses.find((text) => /^Name:\s+workerd$/m.test(text)) ?? '';
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

async function upload(body: Buffer, length: string | undefined): Promise<unknown> {
  const { hostname, port } = new URL(gateway.url);
  const headers = { 'content-type': 'application/octet-stream', ...(length && { 'content-length': length }) };
  const request = httpRequest({ hostname, port, path: '/upload', method: 'POST', headers, agent: false });
  for (let start = 0; start < body.length; start += 65_536)
    request.write(body.subarray(start, start + 65_536));
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return JSON.parse(await readText(response));
}
