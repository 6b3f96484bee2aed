import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueNames, type QueueName } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';
import { withTimeout } from '../shared/timeout.ts';
import { createConsumer, type Handle } from './consumer.ts';
import { watchConsumer } from './watchdog.ts';

/**
 * Time limit for running jobs at shutdown, in milliseconds. Another worker repeats the jobs that are still running
 * then. Shorter than the drain of the process, so that the consumers can close properly.
 */
const closeDeadline = 15_000;

/** Processes the jobs of all queues until `app` closes. Exits the process if a consumer is stuck. */
export function startConsumers(
  app: Server,
  connection: Redis,
  queues: Record<QueueName, Queue>,
  handlers: Record<QueueName, Handle>,
): void {
  const workers = queueNames.map((name) => {
    const worker = createConsumer(app, connection, name, handlers[name]);
    const onStuck = () => {
      app.log.fatal({ queue: name }, 'jobs wait but none is processed: exiting to restart');
      process.exit(1);
    };
    watchConsumer(app, worker, queues[name], { limit: 30_000, onStuck });
    return worker;
  });
  app.addHook('onClose', async () => {
    // Without Redis no job can be completed, and `close` would wait in vain.
    if (connection.status === 'ready') await Promise.all(workers.map((worker) => close(app, worker)));
  });
}

async function close(app: Server, worker: Worker): Promise<void> {
  try {
    await withTimeout(worker.close(), closeDeadline);
  } catch (error) {
    app.log.warn({ queue: worker.name, reason: String(error) }, 'jobs did not end in time');
    await worker.close(true);
  }
}
