import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type Socket } from 'node:net';

/**
 * Milliseconds without a request after which a connection to workerd is closed. Shorter than workerd's own timeout (5
 * s), so that few requests use a connection that workerd is just closing.
 */
const idleTime = 4_000;

/** Keeps connections to the workerd that listens on `socketPath`. */
export class WorkerdAgent extends Agent {
  constructor() {
    super({ keepAlive: true, timeout: idleTime });
  }

  override createConnection({ socketPath }: ClientRequestArgs): Socket {
    const socket = connect(socketPath ?? '');
    const write = socket._write.bind(socket);
    const writev = socket._writev?.bind(socket);
    // workerd may respond and close before it has read a long body. Ignoring the write errors keeps the connection
    // readable; otherwise the response would be lost.
    socket._write = (chunk, encoding, done) => write(chunk, encoding, () => done());
    socket._writev = (chunks, done) => writev?.(chunks, () => done());
    return socket;
  }
}
