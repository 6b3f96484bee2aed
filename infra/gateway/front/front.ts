import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, Server } from 'node:net';
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

/**
 * In milliseconds. Longer than the idle timeout of load balancers, so that they never reuse a connection that was
 * closed here.
 */
const idleTime = 75_000;
/** Time limit for the head of a request, in milliseconds. */
const headTime = 15_000;
/** Time that idle connections stay open when the front drains, in milliseconds: a request may already be on its way. */
const farewellTime = 500;

/**
 * The listener for clients in front of workerd. It limits connections, since workerd crashes when it runs out of
 * files.
 */
export interface Front {
  port: number;
  /** Stops accepting connections. Resolves once the last request has its response. */
  drain(): Promise<void>;
  /** Closes all open connections at once. */
  destroy(): void;
}

interface Listening {
  host: string;
  port: number;
  /** A further address, at the same port. */
  alsoAt?: string | undefined;
  /** Whether a proxy makes every connection. */
  forwarded?: boolean | undefined;
}

/**
 * Listens on `host:port` (port 0 selects any free port) and on `alsoAt`, and forwards every request to `socket`, where workerd
 * listens. Rejects if an address is in use.
 */
export async function startFront(
  { host, port, alsoAt, forwarded = false }: Listening,
  socket: string,
  limits: ConnectionLimits,
): Promise<Front> {
  const connections = new Connections(limits);
  const upstream = new Upstream(socket, forwarded);
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
      // The previous request may have closed the connection, or data after this request was malformed and is refused.
      if (!request.socket.writable || response.headersSent) return;
      // After a request for another protocol, no further request is read.
      if (isDraining || request.headers.upgrade !== undefined) response.shouldKeepAlive = false;
      if (request.httpVersionMajor === 1) upstream.forward(request, response);
      else refuse(response, malformed);
    };
    // One request at a time: each uses a connection to workerd, and only the connections of clients are limited.
    if (isAnswered(request.socket)) answer();
    else last.get(request.socket)?.response.once('close', answer);
    last.set(request.socket, { request, response });
    response.once('close', end);
  });
  server.on('upgrade', (request, client, head) => {
    // A WebSocket is refused while an earlier request is still in progress.
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
  const { port: taken } = server.address() as AddressInfo;
  const servers: Server[] = [server];
  if (alsoAt !== undefined) servers.push(await listenFor(server, alsoAt, taken));
  // Emitted for a connection that cannot be accepted, for lack of files or memory.
  server.on('error', () => {});
  return {
    port: taken,
    async drain() {
      isDraining = true;
      // `close` of an HTTP server would also cut responses that a slow client is still reading.
      for (const one of servers) Server.prototype.close.call(one);
      const closed = Promise.all(servers.map((one) => once(one, 'close')));
      await Promise.race([closed, after(farewellTime)]);
      connections.drain();
      await closed;
    },
    destroy() {
      for (const one of servers) one.close();
      connections.destroy();
      upstream.close();
    },
  };
}

/** Listens on a further address, and passes its connections on to `server`. Rejects if the address is in use. */
async function listenFor(server: Server, host: string, port: number): Promise<Server> {
  const second = createTcpServer({ noDelay: true }, (client) => server.emit('connection', client));
  second.listen({ host, port, backlog: 4_096 });
  try {
    await once(second, 'listening');
  } catch (error) {
    server.close();
    throw error;
  }
  second.on('error', () => {});
  return second;
}

function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}
