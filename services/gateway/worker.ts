import { type Refusal, refuse } from './answers.ts';
import { clientAddress, type Connection, rateLimitKey } from './client.ts';
import { correlationId } from './correlation.ts';
import { isForeignSocket, isPreflight, preflight, shareWith } from './cors.ts';
import type { Bindings } from './environment.ts';
import { type Caller, clientHeaders, isWebSocket } from './headers.ts';
import { askOrigin } from './origin.ts';
import { refusePath } from './paths.ts';
import { findRoute } from './routes.ts';

/** The gateway: the same code on Cloudflare and in a workerd of our own, where only the bindings differ. */
export default {
  async fetch(request: Request & Connection, bindings: Bindings): Promise<Response> {
    const caller: Caller = {
      address: clientAddress(request, bindings.CLIENT),
      correlationId: correlationId(request.headers.get('x-correlation-id')),
      url: new URL(request.url),
    };
    const answer = await respond(request, bindings, caller);
    const response = answer instanceof Response ? answer : refuse(request, answer, caller.correlationId);
    const headers = clientHeaders(response.headers, caller);
    shareWith(headers, request.headers.get('origin'), bindings.CORS_ORIGINS);
    return withHeaders(response, headers);
  },
};

async function respond(request: Request, bindings: Bindings, caller: Caller): Promise<Response | Refusal> {
  const path = rawPath(request.url);
  if (path === '/health') return health();
  const refusal = refusePath(path) ?? refuseMethod(request) ?? (await refuseExcess(bindings, caller));
  if (refusal !== undefined) return refusal;
  if (isPreflight(request)) return preflight(request, bindings.CORS_ORIGINS);
  if (isWebSocket(request.headers) && isForeignSocket(request, caller, bindings.CORS_ORIGINS)) return foreign;
  const route = findRoute(bindings.ROUTES, path);
  const origin = route && bindings[route.binding];
  if (route === undefined || origin === undefined) return nowhere;
  return askOrigin(request, route, origin, caller);
}

const foreign: Refusal = {
  status: 403,
  code: 'origin_not_allowed',
  message: 'This address does not take connections from pages of another origin.',
};
const nowhere: Refusal = { status: 404, code: 'not_found', message: 'There is nothing at this address.' };
const traced: Refusal = {
  status: 405,
  code: 'method_not_allowed',
  message: 'The method TRACE is not served here.',
};

function refuseMethod(request: Request): Refusal | undefined {
  return request.method === 'TRACE' ? traced : undefined;
}

async function refuseExcess(bindings: Bindings, caller: Caller): Promise<Refusal | undefined> {
  const { RATE_LIMIT: limiter, RATE_LIMIT_PERIOD: period } = bindings;
  if (limiter === undefined) return undefined;
  const { success } = await limiter.limit({ key: rateLimitKey(caller.address) });
  if (success) return undefined;
  return {
    status: 429,
    code: 'rate_limited',
    message: 'Too many requests came from your address in a short time. Please wait a moment.',
    // The binding does not tell when its window ends; a whole period is always enough.
    headers: { 'retry-after': String(period ?? 60) },
  };
}

function health(): Response {
  const body = { status: 'healthy', service: 'gateway', timestamp: new Date().toISOString() };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

/** The path as it was sent; `URL` would already have resolved what `refusePath` must see. */
function rawPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const query = url.indexOf('?', start);
  return url.slice(start, query === -1 ? undefined : query);
}

/** A copy of the response with other headers. A WebSocket lives in a property of its own, which a plain copy would lose. */
function withHeaders(response: Response & { webSocket?: unknown }, headers: Headers): Response {
  const init = { status: response.status, headers, webSocket: response.webSocket ?? null };
  return new Response(response.body, init);
}
