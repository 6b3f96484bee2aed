import type { FastifyRequest } from 'fastify';
import { HttpError, sendNotFound } from '../shared/errors.ts';
import type { Server } from '../shared/server.ts';

type Verify = (token: string) => Promise<void>;

export interface InternalCaller {
  /** Throws on every token that is not the caller's own. */
  verify: Verify;
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
      for (const { verify, addRoutes } of callers) {
        await internal.register((own, _options, done) => {
          own.addHook('onRequest', (request) => requireToken(request, [verify]));
          addRoutes(own);
          done();
        });
      }
      // A stranger is not told whether there is such a route.
      const anyCaller = callers.map(({ verify }) => verify);
      internal.setNotFoundHandler(
        { preHandler: (request: FastifyRequest) => requireToken(request, anyCaller) },
        sendNotFound,
      );
    },
    { prefix: '/internal' },
  );
}

async function requireToken(request: FastifyRequest, verifiers: Verify[]): Promise<void> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  try {
    if (token === undefined) throw new Error('there is no bearer token');
    await Promise.any(verifiers.map((verify) => verify(token)));
  } catch (error) {
    request.log.warn({ reason: reasonOf(error) }, 'service token refused');
    throw new HttpError(401, 'unauthorized', 'A valid service token is needed.');
  }
}

function reasonOf(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(reasonOf).join('; ') : (error as Error).message;
}
