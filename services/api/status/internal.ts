import type { Redis } from 'ioredis';
import { Type } from 'typebox';
import { Presence, savePresence } from '../../shared/presence.ts';
import type { Server } from '../../shared/server.ts';

/** `PUT /presence`: for services that cannot reach Redis themselves. */
export function addPresenceRoute(app: Server, redis: Redis): void {
  app.put(
    '/presence',
    // Every replica calls it every few seconds: only its failures are worth a line.
    { logLevel: 'warn', schema: { body: Presence, response: { 204: Type.Null() } } },
    async (request, reply) => {
      await savePresence(redis, request.body);
      return reply.code(204).send(null);
    },
  );
}
