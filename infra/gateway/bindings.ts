import type { ClientSource, OriginBinding, Variables } from '../../services/gateway/environment.ts';
import type { GatewayConfig } from './config.ts';

/** Semantics of the Workers runtime that the gateway is written for, on Cloudflare and in workerd. */
export const compatibilityDate = '2026-10-15';

/** What the Worker is bound to, for workerd and for Cloudflare alike. */
export interface WorkerBindings {
  variables: Variables;
  /** Binding name to origin URL, one per origin however many routes lead there. */
  origins: Record<OriginBinding, string>;
  /** Bound as `RATE_LIMIT`. */
  rateLimit?: { requests: number; period: 10 | 60 };
}

/** Turns routes, limit and origins of a gateway into the bindings of its Worker. */
export function workerBindings(
  { routes, rateLimit, cors }: Pick<GatewayConfig, 'routes' | 'rateLimit' | 'cors'>,
  client: ClientSource,
): WorkerBindings {
  const urls = [...new Set(routes.map((route) => new URL(route.origin).origin))];
  const nameOf = (url: string): OriginBinding => `ORIGIN_${urls.indexOf(new URL(url).origin)}`;
  return {
    variables: {
      ROUTES: routes.map(({ path, origin }) => ({
        path,
        origin: new URL(origin).origin,
        binding: nameOf(origin),
      })),
      CLIENT: client,
      CORS_ORIGINS: cors?.origins ?? [],
      ...(rateLimit && { RATE_LIMIT_PERIOD: rateLimit.period }),
    },
    origins: Object.fromEntries(urls.map((url) => [nameOf(url), url])),
    ...(rateLimit && { rateLimit }),
  };
}
