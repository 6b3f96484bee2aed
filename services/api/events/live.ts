import type { Redis } from 'ioredis';
import type { EventJob, ShiftEventJob } from '../../shared/jobs.ts';
import type { Server } from '../../shared/server.ts';
import { addWebSockets } from '../../shared/websockets.ts';

const channel = 'rota.live';
/** RFC 6455 registry: the server restarts, connect again. */
const serviceRestart = 1012;
const pingInterval = 30_000;
/** Bytes that a client may leave unread before it counts as gone. */
const maxUnread = 1_000_000;

interface LiveSocket {
  bufferedAmount: number;
  send(text: string): void;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'pong' | 'message' | 'close', listener: () => void): void;
}

/** What clients of `/api/v1/live` get, as JSON. */
export function liveMessage({ kind, shift, correlationId }: ShiftEventJob): string {
  return JSON.stringify({ type: kind, shift, correlationId });
}

/** Hands the events of shifts to the clients of every replica. */
export async function publishLive(redis: Redis, events: EventJob[]): Promise<void> {
  const pipeline = redis.pipeline();
  for (const event of events) if ('shift' in event) pipeline.publish(channel, liveMessage(event));
  const results = await pipeline.exec();
  const failure = results?.find(([error]) => error)?.[0];
  if (failure) throw failure;
}

/** `/api/v1/live`: what any replica publishes reaches every client of this one. Clients only listen. */
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
    // Clients do not know what they missed meanwhile: connecting again makes them look.
    endAll();
  };
  subscriber.on('ready', subscribe);
  if (subscriber.status === 'ready') subscribe();

  const heartbeat = setInterval(() => {
    // A subscriber only listens: without a question a connection that is half-open would pass for quiet.
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
