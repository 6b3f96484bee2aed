import type { Queue } from 'bullmq';
import type { EventJob } from '../../shared/jobs.ts';
import type { QueueName } from '../../shared/queues.ts';

/**
 * Adds a job for each event to its queue. The event's id is the job's id, so that adding an event twice adds one job.
 */
export async function addEventJobs(queues: Record<QueueName, Queue>, events: EventJob[]): Promise<void> {
  const byQueue = Map.groupBy(events, (event) => ('shift' in event ? 'notifications' : 'reports'));
  for (const [name, own] of byQueue) {
    await queues[name].addBulk(own.map((data) => ({ name: data.kind, data, opts: { jobId: data.eventId } })));
  }
}
