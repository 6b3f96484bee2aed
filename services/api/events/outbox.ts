import type { Pool, PoolClient } from 'pg';
import type { ShiftEventJob } from '../../shared/jobs.ts';

const columns = `event_id as "eventId", kind, shift, correlation_id as "correlationId"`;

/** Adds an event to the transaction that `client` is in. */
export async function addEvent(client: PoolClient, event: Omit<ShiftEventJob, 'eventId'>): Promise<void> {
  const { kind, shift, correlationId } = event;
  await client.query('insert into outbox (kind, shift_id, shift, correlation_id) values ($1, $2, $3, $4)', [
    kind,
    shift.id,
    shift,
    correlationId,
  ]);
}

/**
 * Locks up to 100 unpublished events, oldest first, for the transaction that `client` is in. Relays that run at the
 * same time get different ones, and no event while an older one of the same shift waits, so that order is kept.
 */
export async function claimEvents(client: PoolClient): Promise<ShiftEventJob[]> {
  const { rows } = await client.query<ShiftEventJob>(`
    select ${columns}
    from outbox event
    where published_at is null and not exists (
      select from outbox older
      where older.published_at is null and older.shift_id = event.shift_id and older.sequence < event.sequence
    )
    order by sequence limit 100
    for update skip locked
  `);
  return rows;
}

export async function markPublished(client: PoolClient, events: ShiftEventJob[]): Promise<void> {
  await client.query('update outbox set published_at = now() where event_id = any($1)', [
    events.map(({ eventId }) => eventId),
  ]);
}

/** Events of the last day that were published more than `seconds` ago and still have no notification. */
export async function findUnanswered(pool: Pool, seconds: number): Promise<ShiftEventJob[]> {
  const { rows } = await pool.query<ShiftEventJob>(
    `select ${columns} from outbox
     where published_at < now() - make_interval(secs => $1) and published_at > now() - interval '1 day'
       and not exists (select from notifications where notifications.event_id = outbox.event_id::text)
     order by sequence limit 1000`,
    [seconds],
  );
  return rows;
}

export async function forgetPublished(pool: Pool, days: number): Promise<void> {
  await pool.query('delete from outbox where published_at < now() - make_interval(days => $1)', [days]);
}
