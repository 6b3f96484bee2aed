import type { Queue } from 'bullmq';
import { remindersJobName } from '../shared/jobs.ts';

const tickMinutes = 5;

/** Adds the jobs of the tick that `now` is in, and returns their ids. Adding those of one tick twice adds them once. */
export async function addDueJobs(queue: Queue, now: Date, correlationId: string): Promise<string[]> {
  const jobId = `${remindersJobName}-${tick(now)}`;
  await queue.add(remindersJobName, { correlationId }, { jobId });
  return [jobId];
}

/** The UTC minute at which the tick began, such as `20260303T0905`: a job id must not contain a colon. */
function tick(now: Date): string {
  const begin = new Date(now);
  begin.setUTCMinutes(Math.floor(now.getUTCMinutes() / tickMinutes) * tickMinutes);
  return begin.toISOString().slice(0, 16).replace(/[-:]/g, '');
}
