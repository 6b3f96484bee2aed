import type { Caller } from './headers.ts';

/** True for the question a browser asks before a request of another origin. */
export function isPreflight(request: Request): boolean {
  return (
    request.method === 'OPTIONS' &&
    request.headers.has('origin') &&
    request.headers.has('access-control-request-method')
  );
}

/** Answers a preflight: with permission for an origin of the list, without for any other. */
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

/** Lets the scripts of an allowed origin read the answer. */
export function shareWith(headers: Headers, request: Request, allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const origin = request.headers.get('origin');
  headers.append('vary', 'Origin');
  if (origin === null || !isAllowed(origin, allowed)) return;
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-expose-headers', 'etag, x-correlation-id, retry-after');
}

/** Browsers let any page open a WebSocket anywhere and only name the page: it must be ours or of the list. */
export function isForeignSocket(request: Request, caller: Caller, allowed: readonly string[]): boolean {
  const origin = request.headers.get('origin');
  if (origin === null || isAllowed(origin, allowed)) return false;
  return URL.parse(origin)?.host !== caller.url.host;
}

/** `*` in the list stands for every origin. */
function isAllowed(origin: string | null, allowed: readonly string[]): boolean {
  return allowed.includes('*') || (origin !== null && allowed.includes(origin));
}
