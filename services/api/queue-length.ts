import type { Queue } from 'bullmq';
import { Gauge, type Registry } from 'prom-client';
import { queueNames, type QueueName } from '../shared/queues.ts';
import { withTimeout } from '../shared/timeout.ts';

/** Milliseconds that a scrape waits for Redis. */
const timeout = 1_000;

/**
 * `queue_length{queue="…"}`: jobs that are being done or could be, counted at each scrape, for an autoscaler. It stands
 * here and not with the workers, since there may be none of them. While Redis is away there is no value: a zero would
 * take the workers away.
 */
export function addQueueLength(register: Registry, queues: Record<QueueName, Queue>): void {
  const gauge = new Gauge({
    name: 'queue_length',
    help: 'Jobs that wait or are being done.',
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
