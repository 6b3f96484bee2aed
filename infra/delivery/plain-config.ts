import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../common/roots.ts';

/** Pulumi config by key, such as `railhead:stackFile`. */
export type Config = Record<string, string>;

/**
 * Returns the config that Pulumi would pass to the program of an environment, without encrypted values.
 *
 * @param root absolute path of the project
 */
export function readPlainConfig(environment: string, root = projectRoot()): Config {
  const text = readFileSync(join(root, `Pulumi.${environment}.yaml`), 'utf8');
  const { config } = parse(text) as { config: Record<string, unknown> };
  const plain = Object.entries(config).filter(([, value]) => typeof value !== 'object');
  return Object.fromEntries(plain.map(([key, value]) => [key, String(value)]));
}
