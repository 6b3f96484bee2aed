import type { FastifyRequest } from 'fastify';
import { HttpError, sendError } from './errors.ts';
import { gatewaySignature } from './gateway-signature.ts';
import { createGatewayVerifier } from './gateway-verifier.ts';
import type { Server } from './server.ts';

/** Throws unless the request comes from whom it stands for. */
export type Proof = (request: FastifyRequest) => Promise<void>;

/**
 * Answers 401 to every request without one of these proofs, whether there is such a route or not. Health and metrics are
 * for whoever looks after the process. What is open belongs to routes and not to a pattern of the URL, which could be
 * written in another way than the router reads it.
 */
export function addLock(app: Server, proofs: Proof[]): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isBelow('/health', request) || isBelow('/metrics', request)) return;
    try {
      await requireProof(request, proofs);
    } catch (error) {
      // At once: the page that a route would make of an error is for people who came through the gateway.
      sendError(error, request, reply);
      // A connection for a WebSocket is no longer Node's to close, and not yet the WebSocket server's.
      if (request.headers.upgrade !== undefined)
        reply.raw.once('finish', () => request.raw.socket.destroySoon());
      return reply;
    }
  });
}

/** Throws a 401 unless one of the proofs holds; the one that most callers bring comes first. */
export async function requireProof(request: FastifyRequest, proofs: Proof[]): Promise<void> {
  const reasons: string[] = [];
  for (const prove of proofs) {
    try {
      return await prove(request);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  request.log.warn({ reason: reasons.join('; ') }, 'request refused');
  throw new HttpError(401, 'unauthorized', 'Only the gateway and services with a valid token may ask here.');
}

/** @param publicKeys of the gateway, SPKI PEM, one block or several */
export async function fromGateway(publicKeys: string): Promise<Proof> {
  const verify = await createGatewayVerifier(publicKeys);
  return async ({ method, raw, headers }) => {
    const signature = headers[gatewaySignature];
    if (typeof signature !== 'string') throw new Error('there is no signature of the gateway');
    // A tunnel may have added its own address to the header; the signed one is the client's.
    headers['x-forwarded-for'] = await verify(signature, { method, target: raw.url ?? '' });
  };
}

/** @param verify throws on every token that is not the caller's own */
export function fromService(verify: (token: string) => Promise<void>): Proof {
  return async ({ headers }) => {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Error('there is no bearer token');
    await verify(token);
  };
}

/** The proof counts for the routes below `path` only. */
export function onlyBelow(path: string, prove: Proof): Proof {
  return async (request) => {
    if (!isBelow(path, request)) throw new Error(`the caller may ask below ${path} only`);
    await prove(request);
  };
}

function isBelow(path: string, { routeOptions: { url } }: FastifyRequest): boolean {
  return url === path || (url?.startsWith(`${path}/`) ?? false);
}
