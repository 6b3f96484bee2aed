import { Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { queuePlans, type QueueName, type QueuePlan } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';

/**
 * Processes one job of a queue, and returns fields for the log line. Must be safe to repeat for the same job. Stops
 * when `signal` aborts.
 */
export type Handle = (job: Job, signal: AbortSignal) => Promise<object>;

/**
 * The death of a worker is detected after `lockDuration` and one or two `stalledInterval`s; its jobs then run again.
 */
export const stalls = {
  lockDuration: 15_000,
  stalledInterval: 5_000,
  // The default of 1 would fail a job whose worker is killed twice. The limit stops a job that kills its worker itself.
  maxStalledCount: 10,
};

/**
 * Creates a worker that processes the jobs of a queue until it is closed. A job that exceeds the queue's timeout
 * fails.
 */
export function createConsumer(
  app: Server,
  connection: Redis,
  name: QueueName,
  handle: Handle,
  { concurrency, timeout }: QueuePlan = queuePlans[name],
): Worker {
  const worker = new Worker<{ correlationId?: string }>(name, work, { connection, concurrency, ...stalls });
  // The connection logs its errors already; without a listener here they would crash the process.
  worker.on('error', (error) => app.log.debug({ queue: name, reason: error.message }, 'consumer'));
  worker.on('stalled', (jobId) => app.log.warn({ queue: name, jobId }, 'job stalled, it runs again'));
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
