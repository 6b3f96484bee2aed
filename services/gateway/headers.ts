/** Meaningful for one connection only (RFC 9110, 7.6.1), so never handed on. */
const hopByHop =
  'connection$|keep-alive$|proxy-authenticate$|proxy-authorization$|proxy-connection$|te$|trailer$|transfer-encoding$|upgrade$';

/**
 * Statements about the caller that only a gateway may make, and about a path that no route has seen. With `_` for `-`
 * they are the same to every program that gets its headers as variables of CGI.
 */
const claims =
  'x-forwarded-|cf-|x-internal-|x-gateway-|x-real-ip$|forwarded$|true-client-ip$|x-client-ip$|x-original-|x-rewrite-';

/**
 * Who a caller is: whoever reads one of these trusts that something in front has checked it, so only the gateway may set
 * it. `X-Auth-Token` and `X-Auth-Key` prove something themselves, and pass.
 */
const identities = [
  'x-user$|x-user-|x-username$|x-email$|x-roles?$|x-groups?$|x-service-|x-auth-(?!token$|key$)|x-authenticated-',
  'x-remote-|remote-user$|x-webauth-|x-principal|x-identity|x-jwt-|x-goog-|x-ms-client-|x-amzn-oidc-',
].join('|');

/** What ends here on the way to an origin, and what on the way back. */
const inboundOnly = new RegExp(`^(${hopByHop}|${`${claims}|${identities}`.replaceAll('-', '[-_]')}|host$)`);
const outboundOnly = new RegExp(`^(${hopByHop}|server$|x-powered-by$|x-internal-)`);

const security = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
});

/** Without its subdomains, which may be anybody's. */
const strictTransport = ['strict-transport-security', 'max-age=31536000'] as const;

/** Values that a header can hold; `roles` without a comma in any. */
export interface User {
  id?: string;
  roles: string[];
}

/** What the gateway knows about one request. */
export interface Caller {
  address: string;
  correlationId: string;
  url: URL;
  /** Whom the token of the request names, where the route asks for one. */
  user?: User;
}

/**
 * Headers of the request as the origin gets them.
 *
 * @param trusted further headers that services believe, in lower case
 */
export function originHeaders(inbound: Headers, caller: Caller, trusted: readonly string[]): Headers {
  const headers = new Headers(inbound);
  const given = drop(headers, inboundOnly);
  for (const name of given) if (trusted.includes(name.replaceAll('_', '-'))) headers.delete(name);
  // With both given, the length is a lie that another program might believe (RFC 9112, 6.3).
  if (given.includes('transfer-encoding')) headers.delete('content-length');
  // workerd opens the WebSocket to the origin itself when it sees this one.
  if (given.includes('upgrade') && isWebSocket(inbound)) headers.set('upgrade', 'websocket');
  headers.set('x-forwarded-for', caller.address);
  headers.set('x-forwarded-host', caller.url.host);
  headers.set('x-forwarded-proto', caller.url.protocol.slice(0, -1));
  headers.set('x-correlation-id', caller.correlationId);
  if (caller.user?.id !== undefined) headers.set('x-user-id', caller.user.id);
  if (caller.user !== undefined) headers.set('x-user-roles', caller.user.roles.join(','));
  return headers;
}

/** Makes of an answer's headers what the client gets; what the origin says itself is kept. */
export function toClient(headers: Headers, { correlationId, url }: Caller): void {
  const given = drop(headers, outboundOnly);
  for (const [name, value] of url.protocol === 'https:' ? [...security, strictTransport] : security) {
    if (!given.includes(name)) headers.set(name, value);
  }
  headers.set('x-correlation-id', correlationId);
}

export function isWebSocket(headers: Headers): boolean {
  return headers.get('upgrade')?.toLowerCase() === 'websocket';
}

/**
 * Deletes what `ending` matches and what `Connection` names; gives the names of all that there were. Names are walked
 * once and few headers are touched, since each touch is a call out of JavaScript.
 */
function drop(headers: Headers, ending: RegExp): string[] {
  const names = [...headers.keys()];
  const named = names.includes('connection') ? (headers.get('connection') ?? '').split(',') : [];
  for (const name of names) if (ending.test(name)) headers.delete(name);
  for (const name of named.map((item) => item.trim())) if (isToken(name)) headers.delete(name);
  return names;
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}
