import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
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
/** How long kept connections stay open once the front drains, in milliseconds: requests may be on their way. */
const farewellTime = 500;

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
  let isDraining = false;
  /** The last request of each connection. */
  const last = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>();
  const isAnswered = (client: Duplex) => last.get(client)?.response.closed ?? true;
  server.on('connection', (client) => {
    if (!connections.add(client)) refuseConnection(client, tooManyConnections);
  });
  server.on('request', (request, response) => {
    const end = connections.begin(request.socket);
    if (end === undefined) return;
    const answer = () => {
      // The request before may have been the last one, and what follows this one may be unreadable.
      if (!request.socket.writable || response.headersSent) return;
      // Nothing is read behind a request that asks for another protocol.
      if (isDraining || request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
      if (request.httpVersionMajor === 1) upstream.forward(request, response);
      else refuse(response, malformed);
    };
    // One at a time: each takes a connection to workerd, and the connections of clients alone are counted.
    if (isAnswered(request.socket)) answer();
    else last.get(request.socket)?.response.once('close', answer);
    last.set(request.socket, { request, response });
    response.once('close', end);
  });
  server.on('upgrade', (request, client, head) => {
    // No WebSocket begins behind another request.
    if (!isAnswered(client)) client.destroy();
    else if (connections.begin(request.socket)) upstream.upgrade(request, head);
  });
  server.on('connect', (_request, client) => {
    if (isAnswered(client)) refuseConnection(client, noTunnels);
    else client.destroy();
  });
  server.on('clientError', (error, client) => refuseUnreadable(error, client, last.get(client)));
  server.listen({ host, port, backlog: 4_096 });
  await once(server, 'listening');
  // A connection that could not be accepted, since there are too many open files or too little memory.
  server.on('error', () => {});
  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      isDraining = true;
      // That of an HTTP server would cut answers that a slow client has yet to read.
      Server.prototype.close.call(server);
      const closed = once(server, 'close');
      await Promise.race([closed, after(farewellTime)]);
      connections.drain();
      await closed;
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
