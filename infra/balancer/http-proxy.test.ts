import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'vitest';
import { eventually } from '../../tools/testing/eventually.ts';
import { Backends } from './backends.ts';
import { Changes } from './changes.ts';
import { createProxy } from './http-proxy.ts';
import { reservePort } from '../supervisor/ports.ts';

const host = '127.0.0.1';

test('requests and responses are forwarded unchanged, without hop-by-hop headers', async (t) => {
  const backend = await serve(t, (incoming, response) => {
    response.writeHead(201, 'Made', [
      ...['X-Seen', JSON.stringify([incoming.method, incoming.url, incoming.headers['x-one']])],
      ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Connection', 'close, X-Hop', 'X-Hop', 'secret'],
    ]);
    incoming.pipe(response);
  });
  const proxy = await startProxy(t, [backend]);
  const { response, body } = await send(proxy, 'PUT', '/a/%C3%A4?q=1', { 'X-One': 'one' }, 'content');
  assert.equal(`${response.statusCode} ${response.statusMessage} ${body}`, '201 Made content');
  assert.deepEqual(JSON.parse(String(response.headers['x-seen'])), ['PUT', '/a/%C3%A4?q=1', 'one']);
  assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
  assert.equal(response.headers['x-hop'], undefined);
});

test('a refused request is sent to another replica with its whole body', async (t) => {
  const unused = await reservePort(host);
  t.onTestFinished(unused.release);
  const backend = await serve(t, (incoming, response) => void incoming.pipe(response));
  const proxy = await startProxy(t, [unused.port, backend]);
  for (let index = 0; index < 4; index++) {
    const { body } = await send(proxy, 'POST', '/', {}, `body ${index}`);
    assert.equal(body, `body ${index}`);
  }
});

test('a lost request is sent again only if its method is safe', async (t) => {
  let lost = 0;
  const losing = await serve(t, (incoming) => {
    lost++;
    incoming.socket.destroy();
  });
  const backend = await serve(t, (_, response) => void response.end('fine'));
  const proxy = await startProxy(t, [losing, backend]);
  const got = await Promise.all([send(proxy, 'GET'), send(proxy, 'GET')]);
  assert.deepEqual(
    got.map(({ body }) => body),
    ['fine', 'fine'],
  );
  assert.equal(lost, 1);
  const posted = [await send(proxy, 'POST'), await send(proxy, 'POST')];
  assert.deepEqual(posted.map(({ response }) => response.statusCode).toSorted(), [200, 502]);
  assert.equal(lost, 2);
});

test('an incomplete response ends the connection of the client', async (t) => {
  const backend = await serve(t, (_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  });
  await assert.rejects(send(await startProxy(t, [backend]), 'GET'), { code: 'ECONNRESET' });
});

test('requests beyond the limit of waiting ones are refused, and a started response does not count', async (t) => {
  const held = Promise.withResolvers<ServerResponse>();
  let asked = 0;
  const backend = await serve(t, (_, response) => {
    if (asked++ === 0) held.resolve(response);
    else response.end('fine');
  });
  const proxy = await startProxy(t, [backend], 1);
  const status = async () => (await send(proxy, 'GET')).response.statusCode;
  const first = send(proxy, 'GET');
  const answer = await held.promise;
  assert.equal(await status(), 503);
  answer.write('half');
  await eventually(async () => (await status()) === 200);
  answer.end('!');
  assert.equal((await first).body, 'half!');
});

test('the connection to the replica closes when the client closes its own', async (t) => {
  const heard = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const backend = await serve(t, (incoming) => {
    incoming.socket.once('close', heard.resolve);
    asked.resolve();
  });
  const outgoing = request({ host, port: await startProxy(t, [backend]) });
  outgoing.on('error', () => {}); // `destroy` below emits it.
  outgoing.end();
  await asked.promise;
  outgoing.destroy();
  await heard.promise;
});

async function serve(t: TestContext, listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, host);
  t.onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function startProxy(t: TestContext, ports: number[], mostWaiting?: number): Promise<number> {
  const backends = new Backends(() => ports.map((port) => ({ host, port })), new Changes());
  const proxy = createProxy(backends, { mostWaiting }).listen(0, host);
  t.onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  await once(proxy, 'listening');
  return (proxy.address() as AddressInfo).port;
}

async function send(port: number, method: string, path = '/', headers = {}, content?: string) {
  const outgoing = request({ host, port, method, path, headers });
  outgoing.end(content);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { response, body: Buffer.concat((await response.toArray()) as Buffer[]).toString() };
}
