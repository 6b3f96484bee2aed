import type {
  ClientSource,
  LimiterBinding,
  OriginBinding,
  Route,
  Variables,
} from '../../services/gateway/environment.ts';
import type { GatewayConfig } from './config.ts';

/** Semantics of the Workers runtime that the gateway is written for, on Cloudflare and in workerd. */
export const compatibilityDate = '2026-10-15';

/** What the Worker is bound to, for workerd and for Cloudflare alike. */
export interface WorkerBindings {
  variables: Variables;
  /** Bound as `SIGNING_KEY`; never shown. */
  signingKey?: string;
  /** Binding name to origin URL, one per origin however many routes lead there; hosts of key sets are among them. */
  origins: Record<OriginBinding, string>;
  /** Binding name to limit, one per limit however many routes share it, since the Worker counts each by itself. */
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
  // Cloudflare's runtime reaches the internet by itself; the tunnel leads to the services alone.
  const bindsIssuers = client !== 'cf-connecting-ip';
  const origins = name<OriginBinding>(
    'ORIGIN',
    routes.flatMap((route) => originsOf(route, bindsIssuers)),
  );
  const limiters = name<LimiterBinding>('RATE_LIMIT', limits.map(limitText));

  const toRoute = (route: ConfigRoute): Route => {
    const { path, service, auth, cache } = route;
    const origin = originOf(route.origin);
    const limit = limitOf(route);
    return {
      path,
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

/** A binding name for each of the different values. */
function name<Name extends OriginBinding | LimiterBinding>(
  prefix: string,
  values: string[],
): Map<string, Name> {
  return new Map([...new Set(values)].map((value, index) => [value, `${prefix}_${index}` as Name]));
}
