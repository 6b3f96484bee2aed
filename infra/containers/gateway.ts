import { jsonText, type Text } from '../plan/hole.ts';
import type { GatewayConfig } from '../gateway/config.ts';
import type { Hosts } from '../gateway/worker/environment.ts';
import type { Gateway } from '../stack/schema.ts';

/** The folder in the container with the gateway's configuration. */
export const gatewayConfigFolder = '/run/secrets/railhead';
export const gatewayConfigFile = 'config.json';
export const gatewayCommand = ['node', 'main.js', `${gatewayConfigFolder}/${gatewayConfigFile}`];

/**
 * Returns the JSON configuration of the gateway's program. It is secret, since it contains the signing key. The gateway
 * takes the address of the socket as the client of a request.
 *
 * @param originOf returns `http://host:port` of a routed service
 * @param hosts the host names from the target and the stack file
 */
export function gatewayConfig(
  { port, routes, rateLimit, cors, trustedHeaders }: Gateway,
  originOf: (service: string) => string,
  hosts: Hosts,
  signingKey: Text | undefined,
): Text {
  const config: Omit<GatewayConfig, 'signingKey'> = {
    script: '/app/worker.js',
    workerd: '/app/workerd',
    host: '0.0.0.0',
    port,
    routes: routes.map(({ to, path, ...route }) => ({
      path,
      origin: originOf(to),
      service: to,
      ...(route.rateLimit !== undefined && { rateLimit: route.rateLimit }),
      ...(route.auth !== undefined && { auth: route.auth }),
      ...(route.cache !== undefined && { cache: route.cache }),
    })),
    ...(rateLimit !== undefined && { rateLimit }),
    cors: { origins: cors.origins },
    hosts,
    trustedHeaders,
  };
  return jsonText({ ...config, ...(signingKey !== undefined && { signingKey }) });
}
