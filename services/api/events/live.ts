import type { Redis } from 'ioredis';
import type { EventJob, ShiftEventJob } from '../../shared/jobs.ts';
import type { Server } from '../../shared/server.ts';
import { addWebSockets } from '../../shared/websockets.ts';

const channel = 'rota.live';
/** WebSocket close code (RFC 6455 registry): the server restarts, and the client should reconnect. */
const serviceRestart = 1012;
const pingInterval = 30_000;
/** Unread bytes above which a client is disconnected. */
const maxUnread = 1_000_000;

interface LiveSocket {
  bufferedAmount: number;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'pong' | 'message' | 'close', listener: () => void): void;
}

/** Returns the JSON message for clients of `/api/v1/live`. */
export function liveMessage({ kind, shift, correlationId }: ShiftEventJob): string {
  return JSON.stringify({ type: kind, shift, correlationId });
}

/** Publishes shift events to the WebSocket clients of every replica. */
export async function publishLive(redis: Redis, events: EventJob[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const event of events) if ('shift' in event) pipeline.publish(channel, liveMessage(event));
  const results = await pipeline.exec();
  const failure = results?.find(([error]) => error)?.[0];
  if (failure) throw failure;
}

/**
 * `/api/v1/live`: sends every event that any replica publishes to the clients of this replica. Clients send nothing.
 */
export async function addLiveRoute(app: Server, subscriber: Redis): Promise<void> {
  const alive = new Map<LiveSocket, boolean>();

  const endAll = () => {
    for (const socket of alive.keys()) socket.close(serviceRestart, 'connect again');
  };
  const preClose = (done: () => void) => {
    endAll();
    done();
  };

  await addWebSockets(app, { options: { maxPayload: 1_024 }, preClose });
  app.get('/api/v1/live', { websocket: true }, (socket: LiveSocket) => {
    alive.set(socket, true);
    socket.on('pong', () => alive.set(socket, true));
    socket.on('close', () => alive.delete(socket));
  });

  subscriber.on('message', (_channel, message: string) => {
    for (const socket of alive.keys()) {
      if (socket.bufferedAmount > maxUnread) socket.terminate();
      else socket.send(message);
    }
  });
  const subscribe = () => {
    subscriber
      .subscribe(channel)
      .catch((error: Error) => app.log.warn({ reason: error.message }, 'not subscribed'));
    // Clients may have missed events meanwhile. A reconnecting client loads the data again.
    endAll();
  };
  subscriber.on('ready', subscribe);
  if (subscriber.status === 'ready') subscribe();

  const heartbeat = setInterval(() => {
    // A subscriber sends nothing, so only a ping can detect a half-open connection.
    if (subscriber.status === 'ready') subscriber.ping().catch(() => subscriber.disconnect(true));
    for (const [socket, answered] of alive) {
      if (!answered) socket.terminate();
      else {
        alive.set(socket, false);
        socket.ping();
      }
    }
  }, pingInterval);
  app.addHook('onClose', () => clearInterval(heartbeat));
}
