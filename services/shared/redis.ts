import { Redis } from 'ioredis';
import type { Server } from './server.ts';

/** Options for commands while Redis is unavailable. */
export interface WhenAway {
  maxRetriesPerRequest: number | null;
  enableOfflineQueue?: boolean;
  /** Milliseconds. */
  commandTimeout?: number;
  autoResubscribe?: boolean;
  /** Milliseconds without a reply after which a connection counts as lost: a half-open connection reports no error. */
  socketTimeout: number;
}

/** Makes commands fail within seconds while Redis is unavailable: for callers that have their own retry. */
export const failFast: WhenAway = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
  commandTimeout: 5_000,
  socketTimeout: 6_000,
};

/**
 * Makes commands wait until Redis is available again: for subscribers and BullMQ workers, which cannot work without it.
 * A subscriber must subscribe at every `ready` event. With the client's automatic resubscription, a connection that
 * closes meanwhile would cause an unhandled rejection, which crashes the process.
 */
export const waitForRedis: WhenAway = {
  maxRetriesPerRequest: null,
  socketTimeout: 15_000,
  autoResubscribe: false,
};

/** Opens a connection that closes with `app`. Logs once when the connection is lost and once when it is back. */
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
