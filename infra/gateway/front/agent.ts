import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type Socket } from 'node:net';

/**
 * Kept connections to workerd are closed after this many milliseconds without a request, before workerd does so itself
 * (5 s), so that few requests meet a connection that is just being closed.
 */
const idleTime = 4_000;

/** Connections to the workerd that listens on `socketPath`. */
export class WorkerdAgent extends Agent {
  constructor() {
    super({ keepAlive: true, timeout: idleTime });
  }

  override createConnection({ socketPath }: ClientRequestArgs): Socket {
    const socket = connect(socketPath ?? '');
    const write = socket._write.bind(socket);
    const writev = socket._writev?.bind(socket);
    // workerd may answer and close before it has read a long body. What is written then goes nowhere, and the answer,
    // which would be lost with the connection, is still there to be read.
    socket._write = (chunk, encoding, done) => write(chunk, encoding, () => done());
    socket._writev = (chunks, done) => writev?.(chunks, () => done());
    return socket;
  }
}
