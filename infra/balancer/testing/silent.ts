import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { TestContext } from 'vitest';

/** Milliseconds after which a connection counts as unanswered. */
const silence = 500;

/** Listens, and then never accepts a connection. */
const program = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
});
`;

/**
 * Returns the port of a server that answers nothing, not even the beginning of a connection, as the address of a
 * container that has ended.
 */
export async function silentPort(t: TestContext): Promise<number> {
  const worker = new Worker(program, { eval: true });
  t.onTestFinished(async () => void (await worker.terminate()));
  const [port] = (await once(worker, 'message')) as [number];
  const queued: Socket[] = [];
  t.onTestFinished(() => queued.forEach((socket) => socket.destroy()));
  // Connections fill the queue of the listener. The system then ignores further ones.
  for (let accepted = true; accepted;) {
    const socket = connect({ port, host: '127.0.0.1', timeout: silence });
    queued.push(socket);
    accepted = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'timeout').then(() => false),
    ]);
  }
  return port;
}
