import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { test, type TestContext } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';

test('data and the end of a stream are forwarded', async (t) => {
  const { open } = await openScene(t);
  const client = await open();
  assert.equal(await echo(client, 'a'), 'a');
  client.end('b');
  assert.equal(String(await once(client, 'data')), 'b');
  await once(client, 'end');
});

test('a reset by the client closes the connection to the server', async (t) => {
  const { open, ended } = await openScene(t);
  const client = await open();
  await echo(client, 'a');
  client.resetAndDestroy();
  await ended;
});

test('dropped data arrive, in order, when the network is back', async (t) => {
  const { proxy, open } = await openScene(t);
  const client = await open();
  proxy.fail({ kind: 'drop' });
  client.write('a');
  await sleep(20);
  client.write('b');
  assert.equal(await Promise.race([once(client, 'data'), sleep(200)]), undefined);
  proxy.fail(undefined);
  let received = '';
  for await (const bytes of client) if ((received += String(bytes)).length === 2) break;
  assert.equal(received, 'ab');
});

test('latency is added in each direction', async (t) => {
  const { proxy, open } = await openScene(t);
  const client = await open();
  proxy.fail({ kind: 'latency', ms: 100 });
  const begin = performance.now();
  assert.equal(await echo(client, 'a'), 'a');
  assert.ok(performance.now() - begin >= 195);
});

test('a reset reaches open connections and new ones', async (t) => {
  const { proxy, open } = await openScene(t);
  const client = await open();
  const code = (socket: Socket) => once(socket, 'error').then(([error]) => (error as { code: string }).code);
  const first = code(client);
  proxy.fail({ kind: 'reset' });
  assert.equal(await first, 'ECONNRESET');
  assert.equal(await code(connect(proxy.port, '127.0.0.1')), 'ECONNRESET');
  proxy.fail(undefined);
  assert.equal(await echo(await open(), 'a'), 'a');
});

test('a half-open connection stays silent, a new one works', async (t) => {
  const { proxy, open, ended } = await openScene(t);
  const client = await open();
  await echo(client, 'a');
  proxy.abandon();
  await ended;
  client.write('b');
  const events = ['data', 'end', 'close'].map((event) => once(client, event));
  assert.equal(await Promise.race([...events, sleep(200)]), undefined);
  assert.equal(await echo(await open(), 'c'), 'c');
});

/** Starts an echo server behind a proxy. `ended` resolves when the server has lost a connection. */
async function openScene(t: TestContext) {
  const lost = Promise.withResolvers<void>();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {}); // 'close' follows.
    socket.on('close', () => lost.resolve());
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startFaultProxy({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  const open = async () => {
    const client = connect(proxy.port, '127.0.0.1');
    sockets.push(client);
    await once(client, 'connect');
    return client;
  };
  t.onTestFinished(() => {
    proxy.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { proxy, open, ended: lost.promise };
}

async function echo(client: Socket, text: string): Promise<string> {
  client.write(text);
  return String((await once(client, 'data'))[0]);
}
