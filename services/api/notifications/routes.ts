import type { Pool } from 'pg';
import type { Server } from '../../shared/server.ts';
import { PageQuery } from '../../shared/page.ts';
import { NotificationPage } from './schema.ts';
import { listNotifications } from './store.ts';

/** `/api/v1/notifications` */
export function addNotificationRoutes(app: Server, pool: Pool): void {
  app.get(
    '/api/v1/notifications',
    { schema: { querystring: PageQuery, response: { 200: NotificationPage } } },
    async (request) => {
      const { page, pageSize } = request.query;
      const { notifications, total } = await listNotifications(pool, request.query);
      return { data: notifications, meta: { page, pageSize, total } };
    },
  );
}
