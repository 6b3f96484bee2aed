/** What Cloudflare's runtime brings by itself, and a workerd of our own has as bindings. */
import type { Bindings, Origin, ResponseCache, RouteAuth } from './environment.ts';

declare const caches: { default: ResponseCache };

/** Where answers are kept; undefined where no route is cached. */
export function responseCache({ CACHE }: Bindings): ResponseCache | undefined {
  return CACHE === 'default' ? caches.default : CACHE;
}

/** The way to the issuer of a route's tokens; without a binding of its own that is the internet. */
export function issuerOf({ binding }: RouteAuth, bindings: Bindings): Origin | undefined {
  return binding === undefined ? { fetch: (url, init) => fetch(url, init) } : bindings[binding];
}

/** Cloudflare takes plain HTTP for every domain; what was asked for goes on by HTTPS alone. */
export function toHttps(url: URL, { CLIENT }: Bindings): Response | undefined {
  if (CLIENT !== 'cf-connecting-ip' || url.protocol !== 'http:') return undefined;
  const location = `https://${url.hostname}${url.pathname}${url.search}`;
  return new Response(null, { status: 308, headers: { location } });
}
