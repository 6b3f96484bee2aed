import {
  contentDigest,
  createGatewaySigner,
  gatewaySignature,
  type GatewayRequest,
  isRead,
  maxSignedBody,
} from '../shared/gateway-signature.ts';
import type { Refusal } from './answers.ts';
import type { Bindings, Origin, Route } from './environment.ts';
import { type Caller, originHeaders } from './headers.ts';

/** How long an origin may take to begin its answer, in milliseconds. Uploads and WebSockets take as long as they need. */
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

/** Of the runtime, and cheaper there than a timer that aborts. */
declare const scheduler: { wait(milliseconds: number): Promise<void> };

/**
 * Hands the request on as a stream, signed where the gateway has a key; then a small body is read beforehand, since the
 * signature is for it too. A GET or HEAD whose connection
 * fails is tried once more, since a replica that stops while it is chosen is not the caller's fault.
 */
export async function askOrigin(
  request: Request,
  route: Route,
  origin: Origin,
  caller: Caller,
  { SIGNING_KEY: signingKey, TRUSTED_HEADERS }: Pick<Bindings, 'SIGNING_KEY' | 'TRUSTED_HEADERS'>,
): Promise<Response | Refusal> {
  const { method } = request;
  const target = caller.url.pathname + caller.url.search;
  const headers = originHeaders(request.headers, caller, TRUSTED_HEADERS);
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
    const fields = { route: route.path, correlationId, reason: String(error) };
    console.warn(JSON.stringify({ level: 'warn', service: 'gateway', msg: 'origin failed', ...fields }));
    return error instanceof TooSlow ? tooSlow : unreachable;
  }
}

type Content = ArrayBuffer | Request['body'];

/** All of a body whose length is known and small; of another one the stream. */
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

/** Ends before its time with the request, which takes the call of the origin along. */
async function giveUp(): Promise<never> {
  await scheduler.wait(patience);
  throw new TooSlow(`no answer within ${patience} ms`);
}

/** Kept as it is and not as a promise, which a request may not await for another. */
let signer: { key: string; sign: Awaited<ReturnType<typeof createGatewaySigner>> } | undefined;

async function sign(key: string, request: GatewayRequest): Promise<string> {
  if (signer?.key !== key) signer = { key, sign: await createGatewaySigner(key) };
  return signer.sign(request);
}
