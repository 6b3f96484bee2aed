import type { Pool } from 'pg';
import type { Notification } from '../../shared/notification.ts';
import { offset, type Page } from '../../shared/page.ts';
import type { NewNotification } from './schema.ts';

const columns = 'id, kind, shift_id as "shiftId", message, created_at as "createdAt"';

type Row = Omit<Notification, 'createdAt'> & { createdAt: Date };

/** Lists notifications, newest first. */
export async function listNotifications(pool: Pool, page: Page) {
  const [rows, count] = await Promise.all([
    pool.query<Row>(
      `select ${columns} from notifications order by created_at desc, id desc limit $1 offset $2`,
      [page.pageSize, offset(page)],
    ),
    pool.query<{ total: number }>('select count(*)::int as total from notifications'),
  ]);
  return { notifications: rows.rows.map(toNotification), total: count.rows[0]?.total ?? 0 };
}

/** Stores a notification. If the event already has one, returns that one unchanged, with `created` false. */
export async function saveNotification(pool: Pool, { eventId, kind, shiftId, message }: NewNotification) {
  const inserted = await pool.query<Row>(
    `insert into notifications (event_id, kind, shift_id, message) values ($1, $2, $3, $4)
     on conflict (event_id) do nothing returning ${columns}`,
    [eventId, kind, shiftId, message],
  );
  if (inserted.rows[0]) return { created: true, notification: toNotification(inserted.rows[0]) };
  const existing = await pool.query<Row>(`select ${columns} from notifications where event_id = $1`, [
    eventId,
  ]);
  return { created: false, notification: toNotification(existing.rows[0]!) };
}

function toNotification(row: Row): Notification {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
