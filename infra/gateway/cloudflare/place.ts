import { getZone } from '@pulumi/cloudflare/getZone.js';
import { RunError } from '@pulumi/pulumi/errors.js';
import type { Resource } from '@pulumi/pulumi/resource.js';
import { isDryRun } from '@pulumi/pulumi/runtime/settings.js';
import { placeOf, type CloudflareOptions } from './options.ts';

/**
 * Gives nothing more to wait for once Cloudflare has confirmed that the domain lies in the zone and the zone in the
 * account, and rejects with a RunError otherwise: at a wrong place half of the gateway would be made before the first
 * refusal. A preview asks nobody, so it needs no token.
 */
export async function checkPlace({ gateway }: CloudflareOptions): Promise<Resource[]> {
  if (isDryRun()) return [];
  const place = placeOf(gateway);
  const { name, account } = await getZone({ zoneId: place.zone }).catch(() => {
    // The provider has said why.
    throw new RunError(
      `gateway.cloudflare.zone: the zone ${place.zone} cannot be read from Cloudflare. Compare the id with the zone's ` +
        'overview, and set CLOUDFLARE_API_TOKEN to a token that may read this zone.',
    );
  });
  if (account.id !== place.account) {
    throw new RunError(
      `gateway.cloudflare.account: the zone ${name} is of the account ${account.id}, not of ${place.account}. ` +
        'The Worker must be in the account of its zone.',
    );
  }
  if (place.domain !== name && !place.domain.endsWith(`.${name}`)) {
    throw new RunError(
      `gateway.domain: ${place.domain} is not in the zone ${name}. Choose a domain in it, or write the id of the ` +
        "domain's own zone in gateway.cloudflare.zone.",
    );
  }
  return [];
}
