import type { FastifyRequest } from 'fastify';
import { sendNotFound } from '../shared/errors.ts';
import { type Proof, requireProof } from '../shared/lock.ts';
import type { Server } from '../shared/server.ts';

export interface InternalCaller {
  proof: Proof;
  /** Adds what this caller may do. */
  addRoutes: (internal: Server) => void;
}

/**
 * `/internal/*`, for other services only, each for its own routes. The guard belongs to the routes and not to a pattern
 * of the URL, which could be written in another way than the router reads it.
 */
export async function addInternalRoutes(app: Server, callers: InternalCaller[]): Promise<void> {
  await app.register(
    async (internal) => {
      for (const { proof, addRoutes } of callers) {
        await internal.register((own, _options, done) => {
          own.addHook('onRequest', (request) => requireProof(request, [proof]));
          addRoutes(own);
          done();
        });
      }
      // A stranger is not told whether there is such a route.
      const anyCaller = callers.map(({ proof }) => proof);
      internal.setNotFoundHandler(
        { preHandler: (request: FastifyRequest) => requireProof(request, anyCaller) },
        sendNotFound,
      );
    },
    { prefix: '/internal' },
  );
}
