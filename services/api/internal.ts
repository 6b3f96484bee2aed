import type { FastifyRequest } from 'fastify';
import { sendNotFound } from '../shared/errors.ts';
import { type Proof, requireProof } from '../shared/lock.ts';
import type { Server } from '../shared/server.ts';

export interface InternalCaller {
  proof: Proof;
  /** Adds the routes that this caller may use. */
  addRoutes: (internal: Server) => void;
}

/**
 * Adds `/internal/*` for other services, each with its own routes. The proof is required per route and not by a URL
 * pattern, since the router may interpret a URL differently from a pattern.
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
      // Without a proof, an unknown route responds like a known one.
      const anyCaller = callers.map(({ proof }) => proof);
      internal.setNotFoundHandler(
        { preHandler: (request: FastifyRequest) => requireProof(request, anyCaller) },
        sendNotFound,
      );
    },
    { prefix: '/internal' },
  );
}
