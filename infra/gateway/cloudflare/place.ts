import * as z from 'zod';
import type { ProviderCheck } from '../../plan/planned.ts';
import { placeOf, servedHosts, type CloudflareOptions } from './options.ts';

const zoneResult = z.object({ name: z.string(), account: z.object({ id: z.string() }) });

/**
 * Returns the check with Cloudflare that the domain is in the zone and the zone in the account. Otherwise half of the
 * gateway would be created before Cloudflare refuses a resource.
 */
export function placeCheck({ gateway }: CloudflareOptions): ProviderCheck {
  const place = placeOf(gateway);
  return {
    function: 'cloudflare:index/getZone:getZone',
    args: { zoneId: place.zone },
    // The provider has already logged the reason.
    failed:
      `gateway.cloudflare.zone: the zone ${place.zone} cannot be read from Cloudflare. Compare the id with the zone's ` +
      'overview, and set CLOUDFLARE_API_TOKEN to a token that may read this zone.',
    problem(result) {
      const { name, account } = zoneResult.parse(result);
      if (account.id !== place.account) {
        return (
          `gateway.cloudflare.account: the zone ${name} belongs to the account ${account.id}, not to ${place.account}. ` +
          'The Worker must be in the account of its zone.'
        );
      }
      const isInZone = (host: string) => host === name || host.endsWith(`.${name}`);
      if (!isInZone(place.domain)) {
        return (
          `gateway.domain: ${place.domain} is not in the zone ${name}. Choose a domain in it, or write the id of the ` +
          "domain's own zone in gateway.cloudflare.zone."
        );
      }
      const outside = servedHosts(gateway).filter((host) => !isInZone(host));
      return outside.length === 0
        ? undefined
        : `gateway.routes: ${outside.join(', ')} is not in the zone ${name}. A gateway on Cloudflare serves hosts of one zone.`;
    },
  };
}
