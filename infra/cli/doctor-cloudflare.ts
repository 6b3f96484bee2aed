import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { stackFilePath, type Environment } from '../environment.ts';
import { loadStack } from '../stack/load.ts';
import type { Check } from '../targets/preflight.ts';

/** What an environment behind Cloudflare needs. Whether the token opens the right doors is seen in `up`. */
export function cloudflareChecks(root: string, environment: Environment): Check[] {
  if (loadStack(stackFilePath(environment)).stack.gateway?.provider !== 'cloudflare') return [];
  const name = 'Cloudflare token';
  if (process.env.CLOUDFLARE_API_TOKEN) return [{ name, found: 'CLOUDFLARE_API_TOKEN' }];
  const settings = `Pulumi.${environment.name}.yaml`;
  const { config } = parse(readFileSync(join(root, settings), 'utf8')) as { config: object };
  if ('cloudflare:apiToken' in config) return [{ name, found: `cloudflare:apiToken in ${settings}` }];
  return [{ name, found: 'none', mend: 'export CLOUDFLARE_API_TOKEN=…' }];
}
