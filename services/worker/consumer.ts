import { Worker, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueName } from '../shared/jobs.ts';
import type { Server } from '../shared/server.ts';
import { withTimeout } from '../shared/timeout.ts';

/** Milliseconds that running jobs may take to end; what is still running then is done again by another worker. */
const closeDeadline = 15_000;

/** Works the queue off until `app` closes. */
export function startConsumer(app: Server, connection: Redis, handle: (job: Job) => Promise<void>): Worker {
  const worker = new Worker<{ correlationId?: string }>(queueName, handle, {
    connection,
    concurrency: 10,
    lockDuration: 30_000,
    stalledInterval: 10_000,
    // The default of 1 would fail a job whose worker is killed twice.
    maxStalledCount: 10,
  });
  // The connection logs its own errors; without a listener they would end the process.
  worker.on('error', (error) => app.log.debug({ reason: error.message }, 'consumer'));
  worker.on('stalled', (jobId) => app.log.warn({ jobId }, 'job stalled, it is done again'));
  worker.on('failed', (job, error) => {
    const { name, id, attemptsMade, data } = job ?? {};
    app.log.error(
      { job: name, jobId: id, correlationId: data?.correlationId, attemptsMade, reason: error.message },
      'job failed',
    );
  });
  app.addHook('onClose', async () => {
    // Without Redis no job can be ended, and `close` would wait for it in vain.
    if (connection.status !== 'ready') return;
    try {
      await withTimeout(worker.close(), closeDeadline);
    } catch (error) {
      app.log.warn({ reason: String(error) }, 'jobs did not end in time');
      await worker.close(true);
    }
  });
  return worker;
}
