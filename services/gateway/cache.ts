import type { Refusal } from './answers.ts';
import type { Execution, ResponseCache } from './environment.ts';
import { isWebSocket } from './headers.ts';

/** In bytes. A longer answer, or one whose length is not known before its end, is handed on only. */
const maxLength = 1024 * 1024;

/**
 * The kept answer to this request, or the one that `ask` gets. It is kept for `seconds` where neither
 * the request nor the answer can belong to one caller: a page of somebody who is signed in must never
 * reach anybody else, whatever its address looks like.
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
    // It names what an answer depends on beside the key.
    !headers.has('vary') &&
    !/\b(no-store|no-cache|private)\b/i.test(headers.get('cache-control') ?? '')
  );
}

/** Method, host, path and query, the parameters in the order of their names. It is never fetched. */
function cacheKey(method: string, { host, pathname, search }: URL): string {
  const nameOf = (parameter: string) => parameter.split('=', 1)[0] ?? '';
  const parameters = search.slice(1).split('&');
  const sorted = parameters.toSorted((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : Number(nameOf(one) !== nameOf(other)),
  );
  return `https://cache.invalid/${method}/${host}${pathname}?${sorted.join('&')}`;
}
