/** Headers that apply to one connection only (RFC 9110, 7.6.1). The gateway never forwards them. */
const hopByHop =
  'connection$|keep-alive$|proxy-authenticate$|proxy-authorization$|proxy-connection$|te$|trailer$|transfer-encoding$|upgrade$';

/**
 * Headers about the client that only a gateway may set, and headers that replace the path after routing. The gateway
 * treats `_` as `-`: a program that reads headers as CGI variables cannot distinguish them.
 */
const claims =
  'x-forwarded-|cf-|x-internal-|x-gateway-|x-real-ip$|forwarded$|true-client-ip$|x-client-ip$|x-original-|x-rewrite-';

/**
 * Headers that identify the user. A service that reads one trusts a proxy to have verified it, so only the gateway may
 * set them. `X-Auth-Token` and `X-Auth-Key` are credentials themselves and pass.
 */
const identities = [
  'x-user$|x-user-|x-userid$|x-username$|x-email$|x-roles?$|x-groups?$|x-service-|x-auth-(?!token$|key$)|x-authenticated-',
  'x-remote-|remote-(user|groups?|name|email)$|x-consumer-|client-cert|x-client-cert|x-ssl-|ssl-client-',
  'x-webauth-|x-principal|x-identity|x-jwt-|x-goog-|x-ms-client-|x-amzn-oidc-',
].join('|');

/** Headers that the gateway removes from requests, and headers that it removes from responses. */
const inboundOnly = new RegExp(`^(${hopByHop}|${`${claims}|${identities}`.replaceAll('-', '[-_]')}|host$)`);
const outboundOnly = new RegExp(`^(${hopByHop}|server$|x-powered-by$|x-internal-)`);

const security = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
});

/** Without `includeSubDomains`: subdomains may belong to other owners. */
const strictTransport = ['strict-transport-security', 'max-age=31536000'] as const;

/** A verified user. All values fit in a header, and no role contains a comma. */
export interface User {
  id?: string;
  roles: string[];
}

/** The client of one request, and the request's URL and correlation id. */
export interface Caller {
  address: string;
  correlationId: string;
  url: URL;
  /** The user from the request's token, if the route requires one. */
  user?: User;
}

/**
 * Returns the request headers for the origin.
 *
 * @param trusted further headers that services trust, in lower case; the client's are removed
 */
export function originHeaders(inbound: Headers, caller: Caller, trusted: readonly string[]): Headers {
  const headers = new Headers(inbound);
  const given = drop(headers, inboundOnly);
  for (const name of given) if (trusted.includes(name.replaceAll('_', '-'))) headers.delete(name);
  // With both headers, the length is wrong, and another program might use it (RFC 9112, 6.3).
  if (given.includes('transfer-encoding')) headers.delete('content-length');
  // This header makes workerd open the WebSocket to the origin.
  if (given.includes('upgrade') && isWebSocket(inbound)) headers.set('upgrade', 'websocket');
  headers.set('x-forwarded-for', caller.address);
  headers.set('x-forwarded-host', caller.url.host);
  headers.set('x-forwarded-proto', caller.url.protocol.slice(0, -1));
  headers.set('x-correlation-id', caller.correlationId);
  if (caller.user?.id !== undefined) headers.set('x-user-id', caller.user.id);
  if (caller.user !== undefined) headers.set('x-user-roles', caller.user.roles.join(','));
  return headers;
}

/** Turns an origin's response headers into those for the client. Security headers from the origin stay unchanged. */
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
 * Deletes the headers that `ending` matches and those that `Connection` lists. Returns the names of all headers before
 * that. Iterates over the names once and accesses few headers, since each access is a call out of JavaScript.
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
