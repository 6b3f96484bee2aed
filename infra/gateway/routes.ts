import type { RouteTarget } from '../stack/route-address.ts';
import type { Gateway } from '../stack/schema.ts';
import type { GatewayConfig } from './config.ts';
import { localHost } from './hosts.ts';

/**
 * Returns the routes of a gateway with their origins.
 *
 * @param originOf returns `http://host:port` of a port of a service
 * @param isLocal whether the gateway also serves each host under its name on this machine, such as `app.localhost`
 */
export function routesOf(
  { routes }: Gateway,
  originOf: (target: RouteTarget) => string,
  isLocal: boolean,
): GatewayConfig['routes'] {
  return routes.flatMap(({ host, path, to, port, ...rest }) =>
    namesOf(host, isLocal).map((name) => ({
      ...(name !== undefined && { host: name }),
      path,
      ...(rest.stripPrefix === true && { stripPrefix: true }),
      origin: originOf({ to, port }),
      service: to,
      ...(rest.rateLimit !== undefined && { rateLimit: rest.rateLimit }),
      ...(rest.auth !== undefined && { auth: rest.auth }),
      ...(rest.cache !== undefined && { cache: rest.cache }),
    })),
  );
}

function namesOf(host: string | undefined, isLocal: boolean): (string | undefined)[] {
  return host === undefined || !isLocal ? [host] : [...new Set([host, localHost(host)])];
}
