import type { Queue } from 'bullmq';
import { cleanupJobName, remindersJobName } from '../shared/jobs.ts';
import type { QueueName } from '../shared/queues.ts';

const tickMinutes = 5;

/** Adds the jobs of the tick that contains `now`, and returns their ids. Safe to repeat within one tick. */
export async function addDueJobs(
  queues: Record<Exclude<QueueName, 'reports'>, Queue>,
  now: Date,
  correlationId: string,
): Promise<string[]> {
  const reminders = `${remindersJobName}-${tick(now)}`;
  const cleanup = `${cleanupJobName}-${day(now)}`;
  await queues.notifications.add(remindersJobName, { correlationId }, { jobId: reminders });
  await queues.cleanup.add(cleanupJobName, { correlationId }, { jobId: cleanup });
  return [reminders, cleanup];
}

/** Returns the UTC minute at which the tick began, for example `20260303T0905`: a job id must not contain a colon. */
function tick(now: Date): string {
  const begin = new Date(now);
  begin.setUTCMinutes(Math.floor(now.getUTCMinutes() / tickMinutes) * tickMinutes);
  return begin.toISOString().slice(0, 16).replace(/[-:]/g, '');
}

/** Returns the date in UTC, for example `20260303`. */
function day(now: Date): string {
  return now.toISOString().slice(0, 10).replaceAll('-', '');
}
