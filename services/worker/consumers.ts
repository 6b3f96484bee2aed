import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueNames, type QueueName } from '../shared/queues.ts';
import type { Server } from '../shared/server.ts';
import { withTimeout } from '../shared/timeout.ts';
import { createConsumer, type Handle } from './consumer.ts';
import { watchConsumer } from './watchdog.ts';

/**
 * Milliseconds that running jobs may take to end; what is still running then is done again by another worker. Shorter than
 * the drain of the process, so that the queues are left in order.
 */
const closeDeadline = 15_000;

/** Works all queues off until `app` closes. A consumer that is stuck ends the process. */
export function startConsumers(
  app: Server,
  connection: Redis,
  queues: Record<QueueName, Queue>,
  handlers: Record<QueueName, Handle>,
): void {
  const workers = queueNames.map((name) => {
    const worker = createConsumer(app, connection, name, handlers[name]);
    const onStuck = () => {
      app.log.fatal({ queue: name }, 'jobs wait and none is taken: starting over');
      process.exit(1);
    };
    watchConsumer(app, worker, queues[name], { limit: 30_000, onStuck });
    return worker;
  });
  app.addHook('onClose', async () => {
    // Without Redis no job can be ended, and `close` would wait for it in vain.
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
