import type { Pool } from 'pg';
import { Notification } from '../../shared/notification.ts';
import type { Server } from '../../shared/server.ts';
import { NewNotification } from './schema.ts';
import { saveNotification } from './store.ts';

/** `POST /notifications`: 201 for the first notification of an event, 200 with the stored one after that. */
export function addInternalNotificationRoutes(app: Server, pool: Pool): void {
  app.post(
    '/notifications',
    { schema: { body: NewNotification, response: { 200: Notification, 201: Notification } } },
    async (request, reply) => {
      const { created, notification } = await saveNotification(pool, request.body);
      return reply.code(created ? 201 : 200).send(notification);
    },
  );
}
