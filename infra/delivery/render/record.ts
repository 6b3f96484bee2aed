import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setAllConfig } from '@pulumi/pulumi/runtime/config.js';
import { parse } from 'yaml';
import { projectRoot } from '../../common/roots.ts';
import { namesOf } from '../../graph/conditions.ts';
import type { Context } from '../../program/context.ts';
import { planEnvironment } from '../../program/plan.ts';
import { readSettings } from '../../program/settings.ts';
import { fillPlan } from './filled.ts';
import type { Secrets } from './secrets.ts';

/** Pulumi config by key, such as `railhead:stackFile`. */
export type Config = Record<string, string>;

/**
 * Plans an environment without an engine, and returns its resources as the engine would receive them. Throws UserError.
 *
 * @param progress receives one line for each artifact that has to be built
 * @param options.warn receives one line for each warning
 * @param options.context the environment, if the caller has read it already
 */
export async function recordResources(
  environment: string,
  config: Config,
  secrets: Secrets,
  progress: (line: string) => void,
  { warn = progress, context }: { warn?: (line: string) => void; context?: Context } = {},
): Promise<RecordedResource[]> {
  setAllConfig(config);
  const given = (name: string) => (secrets.given ? secrets.take(name) : undefined);
  const settings = {
    ...readSettings(environment),
    preview: true,
    // `secrets.check` reports missing secrets at the end, together with invalid and unused ones.
    secrets: { has: () => true, valueOf: given },
    // Without an engine there is no state.
    held: undefined,
  };
  const { graph, resources } = await planEnvironment(
    settings,
    { progress, warn },
    { ...(context && { context }) },
  );
  for (const name of secrets.given ? [] : namesOf(graph, 'pulumi')) {
    warn(
      `\${{pulumi.${name}}} is empty here: the Pulumi program passes its value. Or give it with --secrets, as pulumi.${name}`,
    );
  }
  const filled = fillPlan(resources, secrets);
  secrets.check();
  return filled;
}

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
