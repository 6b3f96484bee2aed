import type { Queue } from 'bullmq';
import { Gauge, type Registry } from 'prom-client';
import { queueNames, type QueueName } from '../shared/queues.ts';
import { withTimeout } from '../shared/timeout.ts';

/** Time limit for Redis in a scrape, in milliseconds. */
const timeout = 1_000;

/**
 * Adds the gauge `queue_length{queue="…"}` for an autoscaler: the number of active and waiting jobs, read on each
 * scrape. The api exposes it instead of the workers, since there may be no worker. While Redis is unavailable the
 * gauge has no value: a zero would make the autoscaler remove the workers.
 */
export function addQueueLength(register: Registry, queues: Record<QueueName, Queue>): void {
  const gauge = new Gauge({
    name: 'queue_length',
    help: 'Waiting and active jobs.',
    labelNames: ['queue'],
    registers: [register],
    async collect() {
      const lengths = await withTimeout(Promise.all(queueNames.map(lengthOf)), timeout).catch(() => []);
      gauge.reset();
      for (const [queue, length] of lengths) gauge.set({ queue }, length);
    },
  });

  async function lengthOf(name: QueueName): Promise<[QueueName, number]> {
    const counts = await queues[name].getJobCounts('waiting', 'prioritized', 'active');
    const { waiting = 0, prioritized = 0, active = 0 } = counts;
    return [name, waiting + prioritized + active];
  }
}
