import { Type } from 'typebox';
import type { Pool } from 'pg';
import type { Server } from '../shared/server.ts';

/** The retention of each table. Events stay for a week, so that problems can be investigated. */
const rules = {
  notifications: `delete from notifications where created_at < now() - interval '90 days'`,
  reports: `delete from reports where created_at < now() - interval '90 days'`,
  events: `delete from outbox where published_at < now() - interval '7 days'`,
};

const count = Type.Integer();
const Removed = Type.Object({ notifications: count, reports: count, events: count });

/** `POST /cleanup`: deletes old rows, and responds with their numbers. Safe to repeat. */
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
