/** Built into Cloudflare's runtime; a self-hosted workerd gets the same as a binding. */
import type { Bindings, Origin, ResponseCache, RouteAuth } from './environment.ts';

declare const caches: { default: ResponseCache };

/** Returns the cache for responses, or undefined if no route is cached. */
export function responseCache({ CACHE }: Bindings): ResponseCache | undefined {
  return CACHE === 'default' ? caches.default : CACHE;
}

/** Returns the connection to the issuer of a route's tokens: the route's binding if it has one, else the internet. */
export function issuerOf({ binding }: RouteAuth, bindings: Bindings): Origin | undefined {
  return binding === undefined ? { fetch: (url, init) => fetch(url, init) } : bindings[binding];
}

/** Redirects HTTP requests to HTTPS on Cloudflare, which accepts plain HTTP for every domain. */
export function toHttps(url: URL, { CLIENT }: Bindings): Response | undefined {
  if (CLIENT !== 'cf-connecting-ip' || url.protocol !== 'http:') return undefined;
  const location = `https://${url.hostname}${url.pathname}${url.search}`;
  return new Response(null, { status: 308, headers: { location } });
}
