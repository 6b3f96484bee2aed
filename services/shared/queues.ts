import { Queue, type DefaultJobOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { EventJob, TickJob } from './jobs.ts';
import type { Server } from './server.ts';

export type QueueName = 'notifications' | 'reports' | 'cleanup';

export interface QueuePlan {
  /** Number of jobs that one worker runs at the same time. */
  concurrency: number;
  /** Time limit of one attempt, in milliseconds. */
  timeout: number;
  jobs: DefaultJobOptions;
}

const aWeek = 7 * 24 * 3_600;
const removeOnFail = { age: aWeek };

/**
 * Each queue has its own concurrency slots, so that any number of reports cannot delay the notifications. BullMQ's
 * priorities would only order jobs within one queue.
 *
 * The number of attempts limits the damage of a poison job. The delays between them (1, 2, 4 … s) are long enough to
 * outlast a restart of the api or of Postgres.
 */
export const queuePlans: Record<QueueName, QueuePlan> = {
  notifications: {
    concurrency: 10,
    timeout: 10_000,
    jobs: {
      attempts: 8,
      backoff: { type: 'exponential', delay: 1_000 },
      removeOnComplete: { age: 3_600, count: 1_000 },
      removeOnFail,
    },
  },
  reports: {
    concurrency: 2,
    timeout: 8_000,
    jobs: {
      attempts: 5,
      backoff: { type: 'exponential', delay: 2_000 },
      removeOnComplete: { age: 3_600, count: 100 },
      removeOnFail,
    },
  },
  cleanup: {
    concurrency: 1,
    timeout: 15_000,
    jobs: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 5_000 },
      // By count only: today's job must stay, or the next tick would add it again.
      removeOnComplete: { count: 7 },
      removeOnFail,
    },
  },
};

export const queueNames = Object.keys(queuePlans) as QueueName[];

/** Creates a queue for adding jobs. The caller must close the connection. */
export function createQueue(connection: Redis, name: QueueName): Queue<EventJob | TickJob> {
  return new Queue(name, { connection, defaultJobOptions: queuePlans[name].jobs });
}

/** Opens all queues. They close with `app`. */
export function openQueues(app: Server, redis: Redis): Record<QueueName, Queue<EventJob | TickJob>> {
  const open = (name: QueueName) => {
    const queue = createQueue(redis, name);
    // The connection logs its errors already; without a listener here they would crash the process.
    queue.on('error', (error) => app.log.debug({ queue: name, reason: error.message }, 'queue'));
    app.addHook('onClose', () => queue.close());
    return queue;
  };
  return { notifications: open('notifications'), reports: open('reports'), cleanup: open('cleanup') };
}
