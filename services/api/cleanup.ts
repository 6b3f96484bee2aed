import { Type } from 'typebox';
import type { Pool } from 'pg';
import type { Server } from '../shared/server.ts';

/** Days after which a row is of no use; events stay for a week, to be looked into when something went wrong. */
const rules = {
  notifications: `delete from notifications where created_at < now() - interval '90 days'`,
  reports: `delete from reports where created_at < now() - interval '90 days'`,
  events: `delete from outbox where published_at < now() - interval '7 days'`,
};

const count = Type.Integer();
const Removed = Type.Object({ notifications: count, reports: count, events: count });

/** `POST /cleanup`: removes what is too old, and answers how many rows that were. Safe to repeat. */
export function addCleanupRoute(app: Server, pool: Pool): void {
  app.post('/cleanup', { schema: { response: { 200: Removed } } }, async () => {
    const remove = async (sql: string) => (await pool.query(sql)).rowCount ?? 0;
    return {
      notifications: await remove(rules.notifications),
      reports: await remove(rules.reports),
      events: await remove(rules.events),
    };
  });
}
