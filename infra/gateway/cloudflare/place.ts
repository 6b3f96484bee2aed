import { getZone } from '@pulumi/cloudflare/getZone.js';
import type { Resource } from '@pulumi/pulumi/resource.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { UserError } from '../../../tools/user-error.ts';
import { placeOf, type CloudflareOptions } from './options.ts';

/**
 * Checks with Cloudflare that the domain is in the zone and the zone in the account. Throws UserError if not: otherwise
 * half of the gateway would be created before Cloudflare refuses a resource. Returns an empty list, for `dependsOn`. A
 * preview sends no request, so it needs no token.
 */
export async function checkPlace({ gateway }: CloudflareOptions): Promise<Resource[]> {
  if (isDryRun()) return [];
  const place = placeOf(gateway);
  const { name, account } = await getZone({ zoneId: place.zone }).catch(() => {
    // The provider has already logged the reason.
    throw new UserError(
      `gateway.cloudflare.zone: the zone ${place.zone} cannot be read from Cloudflare. Compare the id with the zone's ` +
        'overview, and set CLOUDFLARE_API_TOKEN to a token that may read this zone.',
    );
  });
  if (account.id !== place.account) {
    throw new UserError(
      `gateway.cloudflare.account: the zone ${name} belongs to the account ${account.id}, not to ${place.account}. ` +
        'The Worker must be in the account of its zone.',
    );
  }
  if (place.domain !== name && !place.domain.endsWith(`.${name}`)) {
    throw new UserError(
      `gateway.domain: ${place.domain} is not in the zone ${name}. Choose a domain in it, or write the id of the ` +
        "domain's own zone in gateway.cloudflare.zone.",
    );
  }
  return [];
}
