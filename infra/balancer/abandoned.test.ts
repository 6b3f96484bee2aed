import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'vitest';
import { reservePort } from '../supervisor/ports.ts';
import { Backends, type Address } from './backends.ts';
import { startBalancer } from './balancer.ts';
import { Changes } from './changes.ts';
import { silentPort } from './testing/silent.ts';

const host = '127.0.0.1';

for (const speaksHttp of [true, false]) {
  const what = speaksHttp ? 'a request' : 'a connection';
  test(`${what} that waits for a replica that has ended goes to another one once that is known`, async (t) => {
    const silent = { host, port: await silentPort(t) };
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
    const response = fetch(`http://${host}:${port}/`, { headers: { connection: 'close' } });
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
