import type { Redis } from 'ioredis';
import { Type } from 'typebox';
import { Presence, savePresence } from '../../shared/presence.ts';
import type { Server } from '../../shared/server.ts';

/** `PUT /presence`: stores the presence of services that have no connection to Redis. */
export function addPresenceRoute(app: Server, redis: Redis): void {
  app.put(
    '/presence',
    // Every replica calls it every few seconds, so only failures are logged.
    { logLevel: 'warn', schema: { body: Presence, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await savePresence(redis, request.body);
      return reply.code(204).send(null);
    },
  );
}
