import { join } from 'node:path';
import { readSettingsFile } from '../common/environment.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { Check } from '../targets/shared/check.ts';

/** Checks that an environment behind Cloudflare has an API token. `up` checks the permissions of the token. */
export function cloudflareChecks(root: string, { environment, gateway }: ServiceGraph): Check[] {
  if (gateway?.provider !== 'cloudflare') return [];
  const name = 'Cloudflare token';
  if (process.env.CLOUDFLARE_API_TOKEN) return [{ name, found: 'CLOUDFLARE_API_TOKEN' }];
  const settings = `Pulumi.${environment}.yaml`;
  // readEnvironment has checked that `config` is an object.
  const { config } = readSettingsFile(join(root, settings)) as { config: object };
  if ('cloudflare:apiToken' in config) return [{ name, found: `cloudflare:apiToken in ${settings}` }];
  return [{ name, found: 'none', mend: 'export CLOUDFLARE_API_TOKEN=…' }];
}
