import { Readable } from 'node:stream';
import type { FastifyRequest, RequestPayload } from 'fastify';
import { contentDigest, createGatewayVerifier, gatewaySignature, maxSignedBody } from 'railhead/gateway';
import { HttpError, sendError } from './errors.ts';
import type { Server } from './server.ts';

/** Throws unless the request comes from the caller that this proof verifies. */
export type Proof = (request: FastifyRequest) => Promise<void>;

/** The signed `Content-Digest` of each request, which its body must match. */
const signedDigests = new WeakMap<FastifyRequest, string>();

/**
 * Responds with 401 to every request without one of these proofs, even if no such route exists. Health and metrics are
 * open, for monitoring. The check compares the matched route instead of the URL, since the router may interpret a URL
 * differently from a pattern.
 */
export function addLock(app: Server, proofs: Proof[]): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isBelow('/health', request) || isBelow('/metrics', request)) return;
    try {
      await requireProof(request, proofs);
    } catch (error) {
      // Sent directly: a route's error page is only for users who come through the gateway.
      sendError(error, request, reply);
      // After an upgrade request Node no longer closes the connection, and the WebSocket server does not have it yet.
      if (request.headers.upgrade !== undefined)
        reply.raw.once('finish', () => request.raw.socket.destroySoon());
      return reply;
    }
  });
  app.addHook('preParsing', async (request, _reply, payload) => {
    const digest = signedDigests.get(request);
    return digest === undefined ? payload : readSigned(request, payload, digest);
  });
}

/**
 * Reads the whole body and returns it again if it has the digest. Throws a 401 otherwise, before the body is parsed.
 */
async function readSigned(
  request: FastifyRequest,
  payload: RequestPayload,
  digest: string,
): Promise<Readable> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving a body unread must not destroy the connection, since the 401 is sent over it.
  for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxSignedBody) break;
    chunks.push(chunk);
  }
  const isSigned = length <= maxSignedBody && (await contentDigest(Buffer.concat(chunks))) === digest;
  if (!isSigned) throw refuse(request, 'the signature is for another body');
  return Readable.from(chunks);
}

function refuse(request: FastifyRequest, reason: string): HttpError {
  request.log.warn({ reason }, 'request refused');
  return new HttpError(
    401,
    'unauthorized',
    'Only the gateway and services with a valid token may send requests to this service.',
  );
}

/** Throws a 401 unless one of the proofs succeeds. List the most frequent proof first. */
export async function requireProof(request: FastifyRequest, proofs: Proof[]): Promise<void> {
  const reasons: string[] = [];
  for (const prove of proofs) {
    try {
      return await prove(request);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  throw refuse(request, reasons.join('; '));
}

/**
 * @param publicKeys of the gateway, SPKI PEM, one block or several
 * @param service the name of this service in the stack file
 */
export async function fromGateway(publicKeys: string, service: string): Promise<Proof> {
  const verify = await createGatewayVerifier(publicKeys, service);
  return async (request) => {
    const { method, raw, headers } = request;
    const signature = headers[gatewaySignature];
    if (typeof signature !== 'string') throw new Error('there is no signature of the gateway');
    const { client, contentDigest } = await verify(signature, { method, target: raw.url ?? '' });
    // A tunnel may have added its own address to the header; the signed one is the client's.
    headers['x-forwarded-for'] = client;
    if (contentDigest !== undefined) signedDigests.set(request, contentDigest);
  };
}

/** @param verify throws on every token that is not from the expected service */
export function fromService(verify: (token: string) => Promise<void>): Proof {
  return async ({ headers }) => {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) throw new Error('there is no bearer token');
    await verify(token);
  };
}

/** Accepts the proof for the routes below `path` only. */
export function onlyBelow(path: string, prove: Proof): Proof {
  return async (request) => {
    if (!isBelow(path, request)) throw new Error(`the caller may only use the routes below ${path}`);
    await prove(request);
  };
}

function isBelow(path: string, { routeOptions: { url } }: FastifyRequest): boolean {
  return url === path || (url?.startsWith(`${path}/`) ?? false);
}
