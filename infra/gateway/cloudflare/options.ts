import type { Hole, Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { ResourceList } from '../../plan/resource.ts';
import type { RouteTarget } from '../../stack/route-address.ts';
import type { Gateway } from '../../stack/schema.ts';

/** Options of the gateway on Cloudflare. */
export interface CloudflareOptions {
  /** The list that the resources are added to. */
  resources: ResourceList;
  /** Name of all resources, unique in the account, for example `rota-prod`. */
  name: string;
  gateway: Gateway;
  /**
   * Returns the address of a service for cloudflared, for example `http://api.rota-prod.svc.cluster.local:3001`. It
   * needs the fully qualified name: cloudflared resolves names without the search domains of a container.
   */
  originOf: (target: RouteTarget) => string;
  /** The bundled Worker. */
  script: string;
  /** PKCS #8 PEM of an Ed25519 key. If set, the gateway signs every request to an origin. Secret. */
  signingKey?: Text | undefined;
  /**
   * Whether this gateway manages the rules of the zone. Cloudflare has one list of rules per phase and zone, so only
   * one environment of a zone can manage them, and only if no other list exists.
   */
  ownsZone: boolean;
  /**
   * Starts cloudflared with the tunnel's token (secret). The Worker and its domain depend on the returned resources.
   */
  connect: (token: Hole) => PlannedResource[];
}

/**
 * Returns account, zone and domain of the gateway. Throws if one is missing, which validation of the stack file
 * excludes.
 */
export function placeOf({ cloudflare, domain }: Gateway): { account: string; zone: string; domain: string } {
  if (cloudflare === undefined || domain === undefined)
    throw new Error('the gateway has no place on Cloudflare');
  return { ...cloudflare, domain };
}

/** Returns the hosts that Cloudflare serves: the domain, then those of routes. */
export function servedHosts(gateway: Gateway): string[] {
  const { domain } = placeOf(gateway);
  return [...new Set([domain, ...gateway.routes.flatMap(({ host }) => host ?? [])])];
}
