/** Meaningful for one connection only (RFC 9110, 7.6.1), so never handed on. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Statements about the caller that only a gateway may make. */
const claims =
  /^(x-forwarded-|cf-|x-internal-|x-gateway-|x-real-ip$|forwarded$|true-client-ip$|x-client-ip$)/;

const software = /^(server$|x-powered-by$|x-internal-)/;

const security = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
});

/** What the gateway knows about one request. */
export interface Caller {
  address: string;
  correlationId: string;
  url: URL;
}

/** Headers of the request as the origin gets them. */
export function originHeaders(inbound: Headers, caller: Caller): Headers {
  const headers = withoutHopByHop(inbound);
  for (const name of inbound.keys()) {
    if (claims.test(name)) headers.delete(name);
  }
  headers.delete('host');
  // With both given, the length is a lie that another program might believe (RFC 9112, 6.3).
  if (inbound.has('transfer-encoding')) headers.delete('content-length');
  // workerd opens the WebSocket to the origin itself when it sees this one.
  if (isWebSocket(inbound)) headers.set('upgrade', 'websocket');
  headers.set('x-forwarded-for', caller.address);
  headers.set('x-forwarded-host', caller.url.host);
  headers.set('x-forwarded-proto', caller.url.protocol.slice(0, -1));
  headers.set('x-correlation-id', caller.correlationId);
  return headers;
}

/** Headers of the answer as the client gets them; what the origin says itself is kept. */
export function clientHeaders(outbound: Headers, caller: Caller): Headers {
  const headers = withoutHopByHop(outbound);
  for (const name of outbound.keys()) {
    if (software.test(name)) headers.delete(name);
  }
  for (const [name, value] of security) {
    if (!headers.has(name)) headers.set(name, value);
  }
  if (caller.url.protocol === 'https:' && !headers.has('strict-transport-security')) {
    headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
  headers.set('x-correlation-id', caller.correlationId);
  return headers;
}

export function isWebSocket(headers: Headers): boolean {
  return headers.get('upgrade')?.toLowerCase() === 'websocket';
}

function withoutHopByHop(source: Headers): Headers {
  const headers = new Headers(source);
  for (const name of hopByHop) headers.delete(name);
  for (const item of source.get('connection')?.split(',') ?? []) {
    const name = item.trim();
    if (isToken(name)) headers.delete(name);
  }
  return headers;
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}
