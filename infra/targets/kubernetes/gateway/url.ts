import { gatewayArtifact } from '../../../artifacts/programs.ts';
import type { ServiceGraph } from '../../../graph/types.ts';
import { urlOf } from '../../shared/service-values.ts';
import { hostOf } from '../scope.ts';

/** Returns the URL of the gateway, or of the host of a route, as people type it; without a domain, its address in the cluster. */
export function gatewayUrl(
  { name, environment, gateway }: Pick<ServiceGraph, 'name' | 'environment' | 'gateway'>,
  _root?: string,
  host?: string,
): string | undefined {
  if (gateway === undefined) return undefined;
  if (host !== undefined) return `https://${host}`;
  const { domain, port } = gateway;
  if (domain !== undefined) return `https://${domain}`;
  return urlOf({ host: hostOf({ name, environment }, gatewayArtifact), port });
}
