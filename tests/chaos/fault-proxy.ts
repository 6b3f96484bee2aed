import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `drop` delays all bytes until the fault ends, like lost packets that are retransmitted. `reset` resets connections
 * with RST. `latency` applies to each direction.
 */
export type Fault = { kind: 'drop' } | { kind: 'reset' } | { kind: 'latency'; ms: number };

/** A proxy between a client and a server that simulates network faults. */
export interface FaultProxy {
  port: number;
  /** Sets the fault until the next call; undefined ends it. */
  fail(fault: Fault | undefined): void;
  /** Makes every connection half-open: closes the server's side without notifying the client. */
  abandon(): void;
  close(): void;
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const pairs = new Map<Socket, Socket>();
  const untold = new WeakSet<Socket>();
  let fault: Fault | undefined;
  let healed = Promise.withResolvers<void>();
  healed.resolve();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (fault?.kind === 'reset') return client.resetAndDestroy();
    const upstream = connect({ ...target, allowHalfOpen: true, noDelay: true });
    pairs.set(client, upstream);
    client.once('close', () => pairs.delete(client));
    pass(client, upstream);
    pass(upstream, client);
  });

  /** Forwards data in order, subject to the current fault. */
  function pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    const later = (act: () => void) => {
      const due = sleep(fault?.kind === 'latency' ? fault.ms : 0);
      last = Promise.all([last, due])
        .then(() => healed.promise)
        .then(act);
    };
    from.on('data', (bytes) => later(() => to.destroyed || to.write(bytes)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => {}); // 'close' follows.
    from.on('close', () => later(() => untold.has(to) || to.destroy()));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    fail(next) {
      healed.resolve();
      fault = next;
      if (next?.kind === 'drop') healed = Promise.withResolvers();
      if (next?.kind !== 'reset') return;
      for (const [client, upstream] of pairs) {
        upstream.destroy();
        client.resetAndDestroy();
      }
    },
    abandon() {
      for (const [client, upstream] of pairs) {
        untold.add(client);
        upstream.destroy();
      }
    },
    close() {
      healed.resolve();
      server.close();
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.destroy();
      }
    },
  };
}
