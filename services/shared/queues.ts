import { Queue, type DefaultJobOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { EventJob, TickJob } from './jobs.ts';
import type { Server } from './server.ts';

export type QueueName = 'notifications' | 'reports' | 'cleanup';

export interface QueuePlan {
  /** Jobs that one worker does at the same time. */
  concurrency: number;
  /** Milliseconds after which an attempt is aborted. */
  timeout: number;
  jobs: DefaultJobOptions;
}

const aWeek = 7 * 24 * 3_600;
const removeOnFail = { age: aWeek };

/**
 * Priority is a share of the worker: the slots of a queue are its own, so that no number of reports can take one from
 * the notifications. BullMQ's priorities order jobs within one queue only.
 *
 * Attempts bound what a poison job can do; their delays (1, 2, 4 … s) are long enough to outlast a restart of the api
 * or of Postgres.
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
      // By number alone: the job of today must stay, or the next tick would add it again.
      removeOnComplete: { count: 7 },
      removeOnFail,
    },
  },
};

export const queueNames = Object.keys(queuePlans) as QueueName[];

/** The producer's side of a queue. The connection stays the caller's to close. */
export function createQueue(connection: Redis, name: QueueName): Queue<EventJob | TickJob> {
  return new Queue(name, { connection, defaultJobOptions: queuePlans[name].jobs });
}

/** All queues, closed with `app`. */
export function openQueues(app: Server, redis: Redis): Record<QueueName, Queue<EventJob | TickJob>> {
  const open = (name: QueueName) => {
    const queue = createQueue(redis, name);
    // The connection logs its own errors; without a listener they would end the process.
    queue.on('error', (error) => app.log.debug({ queue: name, reason: error.message }, 'queue'));
    app.addHook('onClose', () => queue.close());
    return queue;
  };
  return { notifications: open('notifications'), reports: open('reports'), cleanup: open('cleanup') };
}
