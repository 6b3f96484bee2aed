import type { FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { HttpError, sendNotFound } from '../shared/errors.ts';
import type { Server } from '../shared/server.ts';
import { addInternalNotificationRoutes } from './notifications/internal.ts';

/**
 * `/internal/*`, for other services only. The guard belongs to the routes and not to a pattern of the URL, which could be
 * written in another way than the router reads it.
 */
export async function addInternalRoutes(
  app: Server,
  { pool, verify }: { pool: Pool; verify: (token: string) => Promise<void> },
): Promise<void> {
  await app.register(
    (internal, _options, done) => {
      internal.addHook('onRequest', requireServiceToken);
      internal.setNotFoundHandler(sendNotFound);
      addInternalNotificationRoutes(internal, pool);
      done();
    },
    { prefix: '/internal' },
  );

  async function requireServiceToken(request: FastifyRequest): Promise<void> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
    try {
      if (token === undefined) throw new Error('there is no bearer token');
      await verify(token);
    } catch (error) {
      request.log.warn({ reason: (error as Error).message }, 'service token refused');
      throw new HttpError(401, 'unauthorized', 'A valid service token is needed.');
    }
  }
}
