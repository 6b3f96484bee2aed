import {
  contentDigest,
  createGatewaySigner,
  gatewaySignature,
  type GatewayRequest,
  isRead,
  maxSignedBody,
} from '../../tokens/gateway-signature.ts';
import type { Refusal } from './answers.ts';
import type { Bindings, Origin, Route } from './environment.ts';
import { type Caller, originHeaders } from './headers.ts';
import { stripped } from './routes.ts';

/** Time limit for the start of an origin's response, in milliseconds. Uploads and WebSockets have no limit. */
const patience = 30_000;

const unreachable: Refusal = {
  status: 502,
  code: 'bad_gateway',
  message: 'The service behind this address cannot be reached right now. Please try again in a moment.',
  headers: { 'retry-after': '5' },
};
const tooSlow: Refusal = {
  status: 504,
  code: 'gateway_timeout',
  message: 'The service behind this address takes too long to answer. Please try again in a moment.',
};

/** Built into the runtime, and cheaper there than a timer that aborts. */
declare const scheduler: { wait(milliseconds: number): Promise<void> };

/**
 * Forwards the request to the origin as a stream. If the gateway has a key, it signs the request and first reads a
 * small body, which the signature covers too. Retries a GET or HEAD once if its connection fails, since a replica may
 * stop just after it was selected.
 */
export async function askOrigin(
  request: Request,
  route: Route,
  origin: Origin,
  caller: Caller,
  { SIGNING_KEY: signingKey, TRUSTED_HEADERS }: Pick<Bindings, 'SIGNING_KEY' | 'TRUSTED_HEADERS'>,
): Promise<Response | Refusal> {
  const { method } = request;
  const { path, prefix } = stripped(route, caller.url.pathname);
  const target = path + caller.url.search;
  const headers = originHeaders(request.headers, caller, TRUSTED_HEADERS);
  if (prefix !== undefined) headers.set('x-forwarded-prefix', prefix);
  const signed = { method, target, client: caller.address, ...(route.service && { service: route.service }) };
  const send = (body: Content) =>
    origin.fetch(route.origin + target, { method, headers, body, redirect: 'manual' });
  try {
    if (!isRead(method)) {
      if (signingKey === undefined) return await send(request.body);
      const content = await contentOf(request, headers);
      headers.set(gatewaySignature, await sign(signingKey, { ...signed, ...(await digestOf(content)) }));
      return await send(content);
    }
    if (signingKey !== undefined) headers.set(gatewaySignature, await sign(signingKey, signed));
    // Some clients send a length of zero, or content that means nothing here (RFC 9110, 9.3.1).
    headers.delete('content-length');
    const answer = send(null).catch(() => send(null));
    return await Promise.race([answer, giveUp()]);
  } catch (error) {
    const { correlationId } = caller;
    const fields = { route: `${route.host ?? ''}${route.path}`, correlationId, reason: String(error) };
    console.warn(JSON.stringify({ level: 'warn', service: 'gateway', msg: 'origin failed', ...fields }));
    return error instanceof TooSlow ? tooSlow : unreachable;
  }
}

type Content = ArrayBuffer | Request['body'];

/** Returns the whole body if its length is known and small, else the body's stream. */
async function contentOf(request: Request, headers: Headers): Promise<Content> {
  const length = headers.get('content-length');
  if (request.body === null || length === null || Number(length) > maxSignedBody) return request.body;
  return request.arrayBuffer();
}

async function digestOf(content: Content): Promise<Pick<GatewayRequest, 'contentDigest'>> {
  if (content === null) return { contentDigest: await contentDigest(new ArrayBuffer(0)) };
  return content instanceof ArrayBuffer ? { contentDigest: await contentDigest(content) } : {};
}

class TooSlow extends Error {
  override name = 'TooSlow';
}

/** Throws TooSlow after `patience`. When the request ends earlier, the runtime cancels this timer and the call. */
async function giveUp(): Promise<never> {
  await scheduler.wait(patience);
  throw new TooSlow(`no answer within ${patience} ms`);
}

/** Stores the signer itself: in the Worker runtime, one request must not await a promise of another request. */
let signer: { key: string; sign: Awaited<ReturnType<typeof createGatewaySigner>> } | undefined;

async function sign(key: string, request: GatewayRequest): Promise<string> {
  if (signer?.key !== key) signer = { key, sign: await createGatewaySigner(key) };
  return signer.sign(request);
}
