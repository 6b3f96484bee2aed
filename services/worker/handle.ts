import { UnrecoverableError } from 'bullmq';
import type { Job } from 'bullmq';
import type { Pool } from 'pg';
import { Compile, type Validator } from 'typebox/compile';
import type { Static, TProperties, TSchema } from 'typebox';
import { remindersJobName, RemindersJob, ShiftEventJob } from '../shared/jobs.ts';
import type { Logger } from '../shared/logger.ts';
import type { ApiClient } from './api-client.ts';
import { notificationMessage } from './message.ts';
import { sendReminders } from './reminders.ts';

const remindersJob = Compile(RemindersJob);
const shiftEventJob = Compile(ShiftEventJob);

/** Does one job of the queue. It may be asked for the same job again, and the outcome is the same. */
export function createHandler(pool: Pool, api: ApiClient, log: Logger): (job: Job) => Promise<void> {
  return async (job) => {
    if (job.name === remindersJobName) {
      const { correlationId } = dataOf(job, remindersJob);
      const sent = await sendReminders(pool, api, correlationId);
      log.info({ job: job.name, jobId: job.id, correlationId, sent }, 'job done');
      return;
    }
    const { eventId, kind, shift, correlationId } = dataOf(job, shiftEventJob);
    const message = notificationMessage(kind, shift);
    await api.saveNotification({ eventId, kind, shiftId: shift.id, message }, correlationId);
    log.info({ job: kind, jobId: job.id, correlationId }, 'job done');
  };
}

/** Data that does not fit now will not fit later either: such a job fails at once. */
function dataOf<Schema extends TSchema>(
  job: Job<unknown>,
  validator: Validator<TProperties, Schema>,
): Static<Schema> {
  if (validator.Check(job.data)) return job.data;
  const problems = validator
    .Errors(job.data)
    .map(({ instancePath, message }) => `${instancePath} ${message}`);
  throw new UnrecoverableError(`The data of job "${job.name}" is not valid: ${problems.join('; ')}`);
}
