import { jsonText, type Text } from '../plan/hole.ts';
import type { GatewayConfig } from '../gateway/config.ts';
import { routesOf } from '../gateway/routes.ts';
import type { Hosts } from '../gateway/worker/environment.ts';
import type { RouteTarget } from '../stack/route-address.ts';
import type { Gateway } from '../stack/schema.ts';

/** The folder in the container with the gateway's configuration. */
export const gatewayConfigFolder = '/run/secrets/railhead';
export const gatewayConfigFile = 'config.json';
export const gatewayCommand = ['node', 'main.js', `${gatewayConfigFolder}/${gatewayConfigFile}`];

/**
 * Returns the JSON configuration of the gateway's program. It is secret, since it contains the signing key. The gateway
 * takes the address of the socket as the client of a request, unless a proxy makes all connections (`forwarded`).
 *
 * @param originOf returns `http://host:port` of a routed port
 * @param hosts the host names from the target and the stack file
 * @param isLocal whether hosts of routes are also served as `*.localhost`
 */
export function gatewayConfig(
  gateway: Gateway & { forwarded?: boolean },
  originOf: (target: RouteTarget) => string,
  hosts: Hosts,
  signingKey: Text | undefined,
  isLocal = false,
): Text {
  const { port, rateLimit, cors, trustedHeaders, forwarded = false } = gateway;
  const config: Omit<GatewayConfig, 'signingKey'> = {
    script: '/app/worker.js',
    workerd: '/app/workerd',
    host: '0.0.0.0',
    port,
    ...(forwarded && { forwarded }),
    routes: routesOf(gateway, originOf, isLocal),
    ...(rateLimit !== undefined && { rateLimit }),
    cors: { origins: cors.origins },
    hosts,
    trustedHeaders,
  };
  return jsonText({ ...config, ...(signingKey !== undefined && { signingKey }) });
}
