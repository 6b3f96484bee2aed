import { Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { queuePlans, type QueueName, type QueuePlan } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';

/**
 * Does one job of a queue, and gives what is to be logged of it. It may be asked for the same job again, and the outcome
 * is the same. It gives up when `signal` aborts.
 */
export type Handle = (job: Job, signal: AbortSignal) => Promise<object>;

/** A worker that dies is noticed after `lockDuration` and one or two `stalledInterval`s; its jobs are then done again. */
export const stalls = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  // The default of 1 would fail a job whose worker is killed twice. A job that kills its worker ends here.
  maxStalledCount: 10,
};

/** Works a queue off until it is closed. A job that takes longer than the queue's timeout is aborted, and fails. */
export function createConsumer(
  app: Server,
  connection: Redis,
  name: QueueName,
  handle: Handle,
  { concurrency, timeout }: QueuePlan = queuePlans[name],
): Worker {
  const worker = new Worker<{ correlationId?: string }>(name, work, { connection, concurrency, ...stalls });
  // The connection logs its own errors; without a listener they would end the process.
  worker.on('error', (error) => app.log.debug({ queue: name, reason: error.message }, 'consumer'));
  worker.on('stalled', (jobId) => app.log.warn({ queue: name, jobId }, 'job stalled, it is done again'));
  worker.on('failed', (job, { message: reason }) => {
    app.log.error({ ...describe(job), attemptsMade: job?.attemptsMade, reason }, 'job failed');
  });
  return worker;

  async function work(job: Job<{ correlationId?: string }>): Promise<void> {
    const signal = AbortSignal.timeout(timeout);
    try {
      const outcome = await handle(job, signal);
      app.log.info({ ...describe(job), ...outcome }, 'job done');
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new Error(`The job took longer than ${timeout} ms and was aborted.`, { cause: error });
    }
  }

  function describe(job: Job<{ correlationId?: string }> | undefined) {
    return { queue: name, job: job?.name, jobId: job?.id, correlationId: job?.data.correlationId };
  }
}
