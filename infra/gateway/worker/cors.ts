import type { Caller } from './headers.ts';

/** Returns true for a CORS preflight request. */
export function isPreflight(request: Request): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.has('origin') &&
    request.headers.has('access-control-request-method')
  );
}

/** Responds to a preflight request. Only the origins in `allowed` get permission. */
export function preflight(request: Request, allowed: readonly string[]): Response {
  const headers = new Headers({ vary: 'Origin, Access-Control-Request-Headers' });
  if (isAllowed(request.headers.get('origin'), allowed)) {
    headers.set('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
    headers.set('access-control-max-age', '600');
    const wanted = request.headers.get('access-control-request-headers');
    if (wanted !== null) headers.set('access-control-allow-headers', wanted);
  }
  return new Response(null, { status: 204, headers });
}

/** Sets the headers that let scripts of an allowed origin read the response. */
export function shareWith(headers: Headers, request: Request, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const origin = request.headers.get('origin');
  headers.append('vary', 'Origin');
  if (origin === null || !isAllowed(origin, allowed)) return;
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-expose-headers', 'etag, x-correlation-id, retry-after');
}

/**
 * Returns true if the page that opens a WebSocket is neither of this host nor of an allowed origin. Browsers let any
 * page open a WebSocket to any host and only report the page's origin.
 */
export function isForeignSocket(request: Request, caller: Caller, allowed: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin === null || isAllowed(origin, allowed)) return false;
  return URL.parse(origin)?.host !== caller.url.host;
}

/** `*` in the list allows every origin. */
function isAllowed(origin: string | null, allowed: readonly string[]): boolean {
  return allowed.includes('*') || (origin !== null && allowed.includes(origin));
}
