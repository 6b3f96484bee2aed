import type { Pool, PoolClient } from 'pg';
import type { EventJob, ReportJob, ShiftEventJob } from '../../shared/jobs.ts';

/** Selects an event of either kind. Columns without a value are absent in the event. */
const columns = `json_strip_nulls(json_build_object(
  'eventId', event_id, 'kind', kind, 'correlationId', correlation_id,
  'report', (select json_build_object('id', id, 'week', week) from reports where id = report_id)
))::jsonb || case when shift is null then '{}' else jsonb_build_object('shift', shift) end as event`;

interface Row {
  event: EventJob;
}

/** Adds an event in the current transaction of `client`. */
export async function addEvent(
  client: PoolClient,
  event: Omit<ShiftEventJob, 'eventId'> | Omit<ReportJob, 'eventId'>,
): Promise<void> {
  const [shift, report] = 'shift' in event ? [event.shift, undefined] : [undefined, event.report];
  await client.query(
    'insert into outbox (kind, shift_id, shift, report_id, correlation_id) values ($1, $2, $3, $4, $5)',
    [event.kind, shift?.id, shift, report?.id, event.correlationId],
  );
}

/**
 * Locks up to 100 unpublished events, oldest first, in the current transaction of `client`. Concurrent relays get
 * different events. An event is not returned while an older one of the same shift waits, which keeps their order.
 */
export async function claimEvents(client: PoolClient): Promise<EventJob[]> {
  const { rows } = await client.query<Row>(`
    select ${columns}
    from outbox claimed
    where published_at is null and not exists (
      select from outbox older
      where older.published_at is null and older.shift_id = claimed.shift_id and older.sequence < claimed.sequence
    )
    order by sequence limit 100
    for update skip locked
  `);
  return rows.map(({ event }) => event);
}

export async function markPublished(client: PoolClient, events: EventJob[]): Promise<void> {
  await client.query('update outbox set published_at = now() where event_id = any($1)', [
    events.map(({ eventId }) => eventId),
  ]);
}

/**
 * Returns events of the last day that were published more than `seconds` ago and have no result: no notification, no
 * completed report. Returns up to 1,000 with a sequence number above `after`, and the last number for the next call.
 */
export async function findUnanswered(
  pool: Pool,
  seconds: number,
  after: string,
): Promise<{ events: EventJob[]; last: string }> {
  const { rows } = await pool.query<Row & { sequence: string }>(
    `select sequence, ${columns} from outbox
     where sequence > $2
       and published_at < now() - make_interval(secs => $1) and published_at > now() - interval '1 day'
       and case when report_id is null
         then not exists (select from notifications where notifications.event_id = outbox.event_id::text)
         else not exists (select from reports where id = report_id and completed_at is not null)
       end
     order by sequence limit 1000`,
    [seconds, after],
  );
  return { events: rows.map(({ event }) => event), last: rows.at(-1)?.sequence ?? after };
}
