import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Address, Backends } from './backends.ts';
import { createProxy } from './http-proxy.ts';
import { tunnel } from './tunnel.ts';

/** The private address of a workload: it listens there and hands what comes to the ready replicas. */
export interface Balancer {
  /** Takes no new connection; those that are open go on. Closes those that idle, now and when called again. */
  refuse(): void;
  /** Resolves when it refuses and the last connection has ended. */
  closed: Promise<unknown>;
  /** Cuts what is still open. */
  destroy(): void;
}

/** Requests are balanced where the service speaks HTTP (its health checks do), else connections. Rejects when the address is taken. */
export async function startBalancer(
  address: Address,
  speaksHttp: boolean,
  backends: Backends,
): Promise<Balancer> {
  const connections = new Set<Socket>();
  const server: Server = speaksHttp ? createProxy(backends) : createTcpServer(backends);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.listen({ ...address, backlog: 4096 });
  await once(server, 'listening');
  return {
    closed: once(server, 'close'),
    refuse() {
      server.close();
      if (server instanceof HttpServer) server.closeIdleConnections();
    },
    destroy() {
      server.close();
      for (const socket of connections) socket.destroy();
    },
  };
}

function createTcpServer(backends: Backends): Server {
  return createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    void tunnel(client, Buffer.alloc(0), backends);
  });
}
