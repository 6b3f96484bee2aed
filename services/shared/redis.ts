import { Redis } from 'ioredis';
import type { Server } from './server.ts';

/** What becomes of a command while Redis is away. */
export interface WhenAway {
  maxRetriesPerRequest: number | null;
  enableOfflineQueue?: boolean;
  /** Milliseconds. */
  commandTimeout?: number;
  autoResubscribe?: boolean;
  /** Milliseconds without an answer after which a connection counts as lost: a half-open one reports no error. */
  socketTimeout: number;
}

/** Commands fail within seconds when Redis is away: for callers that have their own way to try again. */
export const failFast: WhenAway = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 5_000,
  socketTimeout: 6_000,
};

/**
 * Commands wait until Redis is back: for subscribers and BullMQ workers, which have nothing better to do. A subscriber
 * subscribes at every `ready` itself: where the client did, and the connection closed meanwhile, nobody could catch the
 * rejection, and it would end the process.
 */
export const waitForRedis: WhenAway = {
  maxRetriesPerRequest: null,
  socketTimeout: 15_000,
  autoResubscribe: false,
};

/** A connection that closes with `app` and logs once when it is lost and once when it is back. */
export function openRedis(app: Server, url: string, options: WhenAway): Redis {
  const redis = new Redis(url, { connectTimeout: 3_000, keepAlive: 10_000, ...options });
  let lost = false;
  redis.on('error', (error: Error) => {
    if (!lost) app.log.warn({ reason: error.message }, 'redis connection lost');
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) app.log.info('redis connection is back');
    lost = false;
  });
  app.addHook('onClose', () => redis.disconnect());
  return redis;
}
