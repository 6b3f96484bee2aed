import type { ClientSource, LimiterBinding, OriginBinding, Route, Variables } from './worker/environment.ts';
import type { GatewayConfig } from './config.ts';

/** Compatibility date of the Workers runtime, for Cloudflare and for workerd. */
export const compatibilityDate = '2026-10-15';

/** Bindings of the Worker, in a form that workerd and Cloudflare share. */
export interface WorkerBindings {
  variables: Variables;
  /** Bound as `SIGNING_KEY`. Secret. */
  signingKey?: string;
  /** Origin URLs by binding name. Routes with the same origin share a binding. Includes the hosts of key sets. */
  origins: Record<OriginBinding, string>;
  /** Limits by binding name. Routes with the same limit share a binding, since the Worker counts per route. */
  limiters: Record<LimiterBinding, RateLimit>;
  /** Whether some route is cached. */
  cache: boolean;
}

type RateLimit = NonNullable<GatewayConfig['rateLimit']>;
type ConfigRoute = GatewayConfig['routes'][number];

/** Turns routes, limits and origins of a gateway into the bindings of its Worker. */
export function workerBindings(
  config: Pick<GatewayConfig, 'routes' | 'rateLimit' | 'cors' | 'hosts' | 'trustedHeaders' | 'signingKey'>,
  client: ClientSource,
): WorkerBindings {
  const { routes, signingKey, cors, hosts = { names: [], addresses: false }, trustedHeaders = [] } = config;
  const limitOf = ({ rateLimit = config.rateLimit }: ConfigRoute) => rateLimit;
  const limits = routes.flatMap((route) => limitOf(route) ?? []);
  // Cloudflare's runtime can connect to the internet; the tunnel leads only to the services.
  const bindsIssuers = client !== 'cf-connecting-ip';
  const origins = name<OriginBinding>(
    'ORIGIN',
    routes.flatMap((route) => originsOf(route, bindsIssuers)),
  );
  const limiters = name<LimiterBinding>('RATE_LIMIT', limits.map(limitText));

  const toRoute = (route: ConfigRoute): Route => {
    const { host, path, stripPrefix, service, auth, cache } = route;
    const origin = originOf(route.origin);
    const limit = limitOf(route);
    return {
      ...(host !== undefined && { host }),
      path,
      ...(stripPrefix === true && { stripPrefix }),
      origin,
      binding: origins.get(origin)!,
      ...(service !== undefined && { service }),
      ...(limit && { rateLimit: { binding: limiters.get(limitText(limit))!, period: limit.period } }),
      ...(auth && {
        auth: { ...auth, ...(bindsIssuers && { binding: origins.get(originOf(auth.jwks))! }) },
      }),
      ...(cache !== undefined && { cache }),
    };
  };
  return {
    variables: {
      ROUTES: routes.map(toRoute),
      HOSTS: hosts,
      CLIENT: client,
      CORS_ORIGINS: cors?.origins ?? [],
      TRUSTED_HEADERS: trustedHeaders,
    },
    ...(signingKey !== undefined && { signingKey }),
    origins: Object.fromEntries([...origins].map(([url, binding]) => [binding, url])),
    limiters: Object.fromEntries(limits.map((limit) => [limiters.get(limitText(limit))!, limit])),
    cache: routes.some(({ cache }) => cache !== undefined),
  };
}

function originsOf({ origin, auth }: ConfigRoute, bindsIssuers: boolean): string[] {
  return [originOf(origin), ...(auth && bindsIssuers ? [originOf(auth.jwks)] : [])];
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function limitText({ requests, period }: RateLimit): string {
  return `${requests}/${period}`;
}

/** Returns a binding name for each distinct value. */
function name<Name extends OriginBinding | LimiterBinding>(
  prefix: string,
  values: string[],
): Map<string, Name> {
  return new Map([...new Set(values)].map((value, index) => [value, `${prefix}_${index}` as Name]));
}
