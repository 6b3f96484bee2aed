import type { Pool } from 'pg';
import { Compile } from 'typebox/compile';
import { remindersJobName, ShiftEventJob, TickJob } from '../shared/jobs.ts';
import type { ApiClient } from './api-client.ts';
import type { Handle } from './consumer.ts';
import { dataOf } from './job-data.ts';
import { notificationMessage } from './message.ts';
import { sendReminders } from './reminders.ts';

const tickJob = Compile(TickJob);
const shiftEventJob = Compile(ShiftEventJob);

/** Handles the jobs of shift events, with one notification each, and the reminders of a tick. */
export function handleNotifications(pool: Pool, api: ApiClient): Handle {
  return async (job, signal) => {
    if (job.name === remindersJobName) {
      const { correlationId } = dataOf(job, tickJob);
      return { sent: await sendReminders(pool, api, { correlationId, signal }) };
    }
    const { eventId, kind, shift, correlationId } = dataOf(job, shiftEventJob);
    const message = notificationMessage(kind, shift);
    await api.saveNotification({ eventId, kind, shiftId: shift.id, message }, { correlationId, signal });
    return {};
  };
}
