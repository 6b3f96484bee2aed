import { type Refusal, refuse } from './answers.ts';
import { checkToken } from './auth.ts';
import { answerFromCache } from './cache.ts';
import { clientAddress } from './client.ts';
import { issuerOf, responseCache, toHttps } from './cloudflare.ts';
import { correlationId } from './correlation.ts';
import { isForeignSocket, isPreflight, preflight, shareWith } from './cors.ts';
import type { Bindings, Execution, RouteAuth } from './environment.ts';
import { type Caller, isWebSocket, toClient, type User } from './headers.ts';
import { refuseHost } from './hosts.ts';
import { askOrigin } from './origin.ts';
import { refusePath } from './paths.ts';
import { refuseExcess } from './rate-limit.ts';
import { findRoute, stripped } from './routes.ts';

/** The gateway's Worker. The same code runs on Cloudflare and in a self-hosted workerd; only the bindings differ. */
export default {
  async fetch(request: Request, bindings: Bindings, execution: Execution): Promise<Response> {
    const url = URL.parse(request.url);
    const id = correlationId(request.headers.get('x-correlation-id'));
    if (url === null) return refuse(request, malformed, id);
    const caller: Caller = { address: clientAddress(request, bindings.CLIENT), correlationId: id, url };
    const answer = await respond(request, bindings, caller, execution);
    const response = answer instanceof Response ? answer : refuse(request, answer, id);
    // A copy, since the headers of a response from an origin or the cache are immutable. It keeps the WebSocket.
    const mine = new Response(response.body, response);
    toClient(mine.headers, caller);
    shareWith(mine.headers, request, bindings.CORS_ORIGINS);
    return mine;
  },
};

async function respond(
  request: Request,
  bindings: Bindings,
  caller: Caller,
  execution: Execution,
): Promise<Response | Refusal> {
  const path = rawPath(request.url);
  if (path === undefined) return malformed;
  const redirect = toHttps(caller.url, bindings);
  if (redirect !== undefined) return redirect;
  // Before the host check: health probes use the address of a pod or a machine. The response reveals nothing else.
  if (path === '/health') return health();
  const refusal = refuseHost(caller.url, bindings.HOSTS) ?? refusePath(path) ?? refuseMethod(request);
  if (refusal !== undefined) return refusal;
  const route = findRoute(bindings.ROUTES, caller.url.hostname, path);
  const origin = route && bindings[route.binding];
  if (route === undefined || origin === undefined) return nowhere;
  // The path that the service gets must not be private either: with `stripPrefix`, /api/internal becomes /internal.
  const strippedRefusal = refusePath(stripped(route, path).path);
  if (strippedRefusal !== undefined) return strippedRefusal;
  const excess = await refuseExcess(route, bindings, caller.address);
  if (excess !== undefined) return excess;
  if (isPreflight(request)) return preflight(request, bindings.CORS_ORIGINS);
  if (isWebSocket(request.headers) && isForeignSocket(request, caller, bindings.CORS_ORIGINS)) return foreign;
  const user = route.auth && (await userOf(request, route.auth, bindings));
  if (user !== undefined && 'status' in user) return user;
  const ask = () => askOrigin(request, route, origin, user ? { ...caller, user } : caller, bindings);
  const cache = responseCache(bindings);
  if (route.cache === undefined || cache === undefined) return ask();
  return answerFromCache(request, caller.url, route.cache, { cache, execution }, ask);
}

const foreign: Refusal = {
  status: 403,
  code: 'origin_not_allowed',
  message: 'This address does not accept WebSocket connections from pages of another origin.',
};
const nowhere: Refusal = { status: 404, code: 'not_found', message: 'There is nothing at this address.' };
const malformed: Refusal = {
  status: 400,
  code: 'invalid_host',
  message: 'The host of this address is not well-formed.',
};
const traced: Refusal = {
  status: 405,
  code: 'method_not_allowed',
  message: 'The method TRACE is not supported.',
};

function refuseMethod(request: Request): Refusal | undefined {
  return request.method === 'TRACE' ? traced : undefined;
}

async function userOf({ headers }: Request, auth: RouteAuth, bindings: Bindings): Promise<User | Refusal> {
  const issuer = issuerOf(auth, bindings);
  return issuer === undefined ? nowhere : checkToken(headers, auth, issuer);
}

function health(): Response {
  const body = { status: 'healthy', service: 'gateway', timestamp: new Date().toISOString() };
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

/**
 * Returns the path as the client sent it, since `URL` has already resolved the segments that `refusePath` must check.
 * Returns undefined if programs could disagree where the host ends: the part before the path is the client's `Host`
 * header, and `URL` reads `a\x?` as host and path, and `/a` as another host.
 */
function rawPath(url: string): string | undefined {
  return /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?(\/[^?]*)/i.exec(url)?.[1];
}
