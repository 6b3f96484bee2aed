import type { Refusal } from './answers.ts';
import type { Execution, ResponseCache } from './environment.ts';
import { isWebSocket } from './headers.ts';

/** In bytes. A longer response, or one of unknown length, is passed on without being cached. */
const maxLength = 1024 * 1024;

/**
 * Returns the cached response to this request, or the response from `ask`. Caches that response for `seconds` only if
 * neither the request nor the response is specific to one client: a page of a signed-in user must never reach another
 * user.
 */
export async function answerFromCache(
  request: Request,
  url: URL,
  seconds: number,
  { cache, execution }: { cache: ResponseCache; execution: Execution },
  ask: () => Promise<Response | Refusal>,
): Promise<Response | Refusal> {
  if (!isShareable(request)) return ask();
  const key = cacheKey(request.method, url);
  const kept = await cache.match(key);
  if (kept !== undefined) return kept;
  const answer = await ask();
  if (!(answer instanceof Response) || !isKeepable(answer)) return answer;
  const headers = new Headers(answer.headers);
  headers.set('cache-control', `public, max-age=${seconds}`);
  const response = new Response(answer.body, { headers });
  execution.waitUntil(cache.put(key, response.clone()));
  return response;
}

function isShareable({ method, headers }: Request): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    !isWebSocket(headers) &&
    !headers.has('authorization') &&
    !headers.has('cookie')
  );
}

function isKeepable({ status, headers }: Response): boolean {
  const length = headers.get('content-length');
  return (
    status === 200 &&
    length !== null &&
    Number(length) <= maxLength &&
    !headers.has('set-cookie') &&
    // `Vary` lists request headers that the response depends on and that are not part of the cache key.
    !headers.has('vary') &&
    !/\b(no-store|no-cache|private)\b/i.test(headers.get('cache-control') ?? '')
  );
}

/** Returns a cache key from method, host, path and query, with parameters sorted by name. The URL is never fetched. */
function cacheKey(method: string, { host, pathname, search }: URL): string {
  const nameOf = (parameter: string) => parameter.split('=', 1)[0] ?? '';
  const parameters = search.slice(1).split('&');
  const sorted = parameters.toSorted((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : Number(nameOf(one) !== nameOf(other)),
  );
  return `https://cache.invalid/${method}/${host}${pathname}?${sorted.join('&')}`;
}
