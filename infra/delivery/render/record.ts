import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secret } from '@pulumi/pulumi/output.js';
import { setAllConfig } from '@pulumi/pulumi/runtime/config.js';
import { parse } from 'yaml';
import { repositoryRoot } from '../../common/environment.ts';
import program from '../../index.ts';
import { unwrapUserErrors } from '../../common/report.ts';
import { readSettings } from '../../program/settings.ts';
import { evaluate } from './evaluate.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { standIn, type Secrets } from './secrets.ts';

/** Pulumi config by key, such as `railhead:stackFile`. */
export type Config = Record<string, string>;

/**
 * Runs `infra/index.ts` for an environment and returns its resources, as the engine would receive them. Throws
 * UserError.
 *
 * @param progress receives one line for each warning, and for each artifact that has to be built
 */
export async function recordResources(
  environment: string,
  config: Config,
  secrets: Secrets,
  progress: (line: string) => void,
): Promise<RecordedResource[]> {
  const run = () => {
    setAllConfig(config);
    const valueOf = (name: string) => secret(secrets.take(name) ?? standIn);
    const given = (name: string) => (secrets.given ? secrets.take(name) : undefined);
    const known = {
      secret: valueOf,
      // `secrets.check` reports missing secrets at the end, together with invalid and unused ones.
      secrets: { has: () => true, valueOf: given },
      // Without an engine there is no state.
      held: undefined,
    };
    return unwrapUserErrors(() => program({ ...readSettings(), ...known }, progress, progress));
  };
  const resources = await evaluate(run, environment, secrets);
  secrets.check();
  return resources;
}

/** Returns the config that Pulumi would pass to the program of an environment, without encrypted values. */
export function readPlainConfig(environment: string): Config {
  const text = readFileSync(join(repositoryRoot, `Pulumi.${environment}.yaml`), 'utf8');
  const { config } = parse(text) as { config: Record<string, unknown> };
  const plain = Object.entries(config).filter(([, value]) => typeof value !== 'object');
  return Object.fromEntries(plain.map(([key, value]) => [key, String(value)]));
}
