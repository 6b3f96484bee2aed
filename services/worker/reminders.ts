import type { Pool } from 'pg';
import type { Shift } from '../shared/shift.ts';
import type { ApiClient, Call } from './api-client.ts';
import { notificationMessage } from './message.ts';

type DueShift = Pick<Shift, 'id' | 'employee' | 'role' | 'start' | 'end'> & { eventId: string };

/**
 * Sends one notification for every shift that starts within the next hour. The event's id contains the start time, so
 * that further ticks send no duplicate and a moved shift is announced again. Returns the number of notifications.
 */
export async function sendReminders(pool: Pool, api: ApiClient, call: Call): Promise<number> {
  const { rows } = await pool.query<DueShift>(`
    select * from (
      select id, employee, role, start_at as "start", end_at as "end",
        'reminder-' || id || '-' || extract(epoch from start_at)::bigint as "eventId"
      from shifts
      where start_at > now() and start_at <= now() + interval '1 hour'
    ) due
    where not exists (select from notifications where event_id = due."eventId")
    order by "start"
  `);
  for (const { eventId, ...shift } of rows) {
    const kind = 'shift.reminder';
    const message = notificationMessage(kind, shift);
    await api.saveNotification({ eventId, kind, shiftId: shift.id, message }, call);
  }
  return rows.length;
}
