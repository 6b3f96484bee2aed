import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Connections, type ConnectionLimits } from './connections.ts';
import { Upstream } from './forward.ts';
import {
  malformed,
  noTunnels,
  refuse,
  refuseConnection,
  refuseUnreadable,
  tooManyConnections,
} from './refusals.ts';

/** In milliseconds, and longer than load balancers keep an idle connection, so that they never use one that ends here. */
const idleTime = 75_000;
/** How long the head of a request may take, in milliseconds. */
const headTime = 15_000;

/** What listens for clients in front of workerd, which ends when it cannot open one more file. */
export interface Front {
  port: number;
  /** Takes no new connection, and resolves when the last request has been answered. */
  drain(): Promise<void>;
  /** Cuts what is still open. */
  destroy(): void;
}

/**
 * Hands every request of `host:port` (0 takes any free port) on to `socket`, where workerd listens. Rejects when the
 * address is taken.
 */
export async function startFront(
  { host, port }: { host: string; port: number },
  socket: string,
  limits: ConnectionLimits,
): Promise<Front> {
  const connections = new Connections(limits);
  const upstream = new Upstream(socket);
  const server = createServer({
    keepAliveTimeout: idleTime,
    headersTimeout: headTime,
    connectionsCheckingInterval: headTime / 3,
    requestTimeout: 0,
    noDelay: true,
    shouldUpgradeCallback: isWebSocket,
  });
  const last = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  server.on('connection', (client) => {
    if (!connections.add(client)) refuseConnection(client, tooManyConnections);
  });
  server.on('request', (request, response) => {
    const end = connections.begin(request.socket);
    if (end === undefined) return;
    last.set(request.socket, { request, response });
    response.once('close', end);
    if (request.httpVersionMajor === 1) upstream.forward(request, response);
    else refuse(response, malformed);
  });
  server.on('upgrade', (request, client, head) => {
    if (connections.begin(request.socket)) upstream.upgrade(request, client, head);
  });
  server.on('connect', (_request, client) => refuseConnection(client, noTunnels));
  server.on('clientError', (error, client) => refuseUnreadable(error, client, last.get(client)));
  server.listen({ host, port, backlog: 4_096 });
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      server.close();
      server.closeIdleConnections();
      await once(server, 'close');
    },
    destroy() {
      server.close();
      connections.destroy();
      upstream.close();
    },
  };
}

function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}
