import { localHost } from '../../gateway/hosts.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { urlOf } from '../shared/service-values.ts';

/** Returns the URL of the gateway, or of the host of a route, which Docker publishes on this machine; undefined without one. */
export function dockerUrl(
  { gateway }: Pick<ServiceGraph, 'gateway'>,
  _root?: string,
  host?: string,
): string | undefined {
  const name = host === undefined ? '127.0.0.1' : localHost(host);
  return gateway && urlOf({ host: name, port: gateway.port });
}
