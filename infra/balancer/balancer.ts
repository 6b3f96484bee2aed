import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Address, Backends, AddressOf } from './backends.ts';
import { createProxy } from './http-proxy.ts';
import { tunnel } from './tunnel.ts';

/** A listener at the private address of a workload, which forwards requests or connections to the ready replicas. */
export interface Balancer {
  /** Refuses new connections, and closes idle ones at each call. Active connections stay open. */
  refuse(): void;
  /** Resolves when the balancer refuses connections and the last one has ended. */
  closed: Promise<unknown>;
  /** Closes all connections immediately. */
  destroy(): void;
}

export interface BalancerOptions {
  /** Number of requests after which a connection is closed; by default it stays open. */
  requestsPerConnection?: number;
  /** Returns another address of a replica to connect to; by default the one by which `backends` knows it. */
  addressOf?: AddressOf;
}

/**
 * Starts to listen. Balances requests if the service has HTTP health checks (`speaksHttp`), and connections otherwise.
 * Without a host, listens at all addresses of IPv4 and, where the machine has it, of IPv6. Rejects if the address is in use.
 */
export async function startBalancer(
  address: Pick<Address, 'port'> & Partial<Address>,
  speaksHttp: boolean,
  backends: Backends,
  { requestsPerConnection = 0, addressOf }: BalancerOptions = {},
): Promise<Balancer> {
  const connections = new Set<Socket>();
  const server: Server = speaksHttp
    ? createProxy(backends, { addressOf })
    : createTcpServer(backends, addressOf);
  if (server instanceof HttpServer) server.maxRequestsPerSocket = requestsPerConnection;
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

function createTcpServer(backends: Backends, addressOf?: AddressOf): Server {
  return createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    void tunnel(client, Buffer.alloc(0), backends, addressOf);
  });
}
