import type { ServiceGraph } from '../../graph/types.ts';
import { urlOf } from '../shared/service-values.ts';

/** Returns the URL of the gateway, which Docker publishes on this machine; undefined without one. */
export function dockerUrl({ gateway }: Pick<ServiceGraph, 'gateway'>): string | undefined {
  return gateway && urlOf({ host: '127.0.0.1', port: gateway.port });
}
