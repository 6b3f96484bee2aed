import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'vitest';
import { reservePort } from '../supervisor/ports.ts';
import { Backends, PATIENCE, type Address } from './backends.ts';
import { startBalancer } from './balancer.ts';
import { Changes } from './changes.ts';
import { startServer } from './testing/silent.ts';

const host = '127.0.0.1';

for (const speaksHttp of [true, false]) {
  const what = speaksHttp ? 'a request' : 'a connection';
  test(`${what} that a replica does not accept goes to another one as soon as the replica is not ready`, async (t) => {
    const ended = await startServer(t);
    await ended.fallSilent();
    const silent = { host, port: ended.port };
    const answering = { host, port: await serve(t) };
    const changes = new Changes();
    const chosen = Promise.withResolvers<void>();
    let ready: Address[] = [silent];
    const backends = new Backends(() => {
      chosen.resolve();
      return ready;
    }, changes);
    const { port, release } = await reservePort(host);
    release();
    const balancer = await startBalancer({ host, port }, speaksHttp, backends);
    t.onTestFinished(() => balancer.destroy());
    // Less than it takes until the balancer or the system gives up.
    const signal = AbortSignal.timeout(PATIENCE / 2);
    const response = fetch(`http://${host}:${port}/`, { headers: { connection: 'close' }, signal });
    await chosen.promise;
    ready = [silent, answering];
    changes.emit();
    ready = [answering];
    changes.emit();
    assert.equal(await (await response).text(), 'fine');
  });
}

async function serve(t: TestContext): Promise<number> {
  const server = createServer((_, response) => void response.end('fine')).listen(0, host);
  t.onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
