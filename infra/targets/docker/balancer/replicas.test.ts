import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { test } from 'vitest';
import { eventually } from '../../../../tools/testing/eventually.ts';
import { Changes } from '../../../balancer/changes.ts';
import { watchReplicas } from './replicas.ts';

const host = '127.0.0.1';

test("a replica that ends is not in use any more, also while Docker's DNS does not answer", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answers: Promise<string[] | undefined>[] = [Promise.resolve([host])];
  const unanswered = new Promise<undefined>(() => {});
  const resolve = () => answers.shift() ?? unanswered;
  const replicas = watchReplicas(
    { name: 'replicas', port, health: undefined },
    new Changes(),
    () => {},
    resolve,
  );
  await eventually(() => replicas.ready().length === 1);
  server.close();
  await eventually(() => replicas.ready().length === 0);
});

test("replicas stay in use if Docker's DNS fails, and have gone if it does not list them any more", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let listed: string[] | undefined = [host];
  let asked = 0;
  const resolve = () => Promise.resolve((asked++, listed));
  const replicas = watchReplicas(
    { name: 'replicas', port, health: undefined },
    new Changes(),
    () => {},
    resolve,
  );
  await eventually(() => replicas.ready().length === 1);
  listed = undefined;
  const before = asked;
  await eventually(() => asked > before + 2);
  assert.equal(replicas.ready().length, 1);
  listed = [];
  await eventually(() => replicas.ready().length === 0);
  server.close();
});
