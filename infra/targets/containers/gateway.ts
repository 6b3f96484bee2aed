import { jsonStringify, output, type Output } from '@pulumi/pulumi/output.js';
import type { Input } from '@pulumi/pulumi';
import type { GatewayConfig } from '../../gateway/config.ts';
import type { Hosts } from '../../../services/gateway/environment.ts';
import type { Gateway } from '../../stack/schema.ts';

/** Where the gateway's program finds its configuration in a container. */
export const gatewayConfigFolder = '/run/secrets/railhead';
export const gatewayConfigFile = 'config.json';
export const gatewayCommand = ['node', 'main.js', `${gatewayConfigFolder}/${gatewayConfigFile}`];

/**
 * The JSON that the gateway's program is started with; secret, since the signing key is in it. The client of a request
 * is the address of its socket.
 *
 * @param originOf `http://host:port` of a routed service
 * @param hosts that the target gives the gateway, and the stack file
 */
export function gatewayConfig(
  { port, routes, rateLimit, cors, trustedHeaders }: Gateway,
  originOf: (service: string) => string,
  hosts: Hosts,
  signingKey: Input<string> | undefined,
): Output<string> {
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
  return jsonStringify({ ...config, ...(signingKey !== undefined && { signingKey: output(signingKey) }) });
}
