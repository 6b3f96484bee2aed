import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { notificationsQueue } from './jobs.ts';
import type { Server } from './server.ts';

/** The queue of notifications, closed with `app`. */
export function openQueue(app: Server, redis: Redis): Queue {
  const queue = notificationsQueue(redis);
  // The connection logs its own errors; without a listener they would end the process.
  queue.on('error', (error) => app.log.debug({ reason: error.message }, 'queue'));
  app.addHook('onClose', () => queue.close());
  return queue;
}
