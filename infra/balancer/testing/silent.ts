import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { TestContext } from 'vitest';

/** Milliseconds after which a connection counts as unanswered. */
const patience = 500;

/** Accepts connections until it gets a message, and none from then on. */
const program = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer((socket) => socket.destroy()).listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
});
parentPort.once('message', () => {
  parentPort.postMessage('blocks');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
`;

/**
 * Starts a server that accepts connections until `fallSilent` is called. From then on nothing answers at its address, as at that
 * of a container that has ended: not even a connection is refused.
 */
export async function startServer(
  t: TestContext,
): Promise<{ port: number; fallSilent: () => Promise<void> }> {
  const worker = new Worker(program, { eval: true });
  t.onTestFinished(async () => void (await worker.terminate()));
  const [port] = (await once(worker, 'message')) as [number];
  const queued: Socket[] = [];
  t.onTestFinished(() => queued.forEach((socket) => socket.destroy()));
  return {
    port,
    async fallSilent() {
      const blocked = once(worker, 'message');
      worker.postMessage('block');
      await blocked;
      // Connections fill the queue of the listener. The system then ignores further ones.
      for (;;) {
        const socket = connect({ port, host: '127.0.0.1', timeout: patience });
        socket.on('error', () => {}); // A connection of before can be closed.
        queued.push(socket);
        await Promise.race([once(socket, 'connect'), once(socket, 'timeout')]);
        // A busy process can see the time-out before a connection that exists.
        await setImmediate();
        if (socket.connecting) return;
      }
    },
  };
}
