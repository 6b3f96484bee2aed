import type { DescribedRelease } from '../../artifacts/types.ts';
import type { RecordedResource } from '../../targets/shared/recorded.ts';
import { namesOf } from '../../graph/conditions.ts';
import type { Context } from '../../program/context.ts';
import { planEnvironment } from '../../program/plan.ts';
import { settingsOf } from '../../program/settings.ts';
import { projectRoot } from '../../common/roots.ts';
import type { Config } from '../plain-config.ts';
import { fillPlan } from './filled.ts';
import type { Secrets } from './secrets.ts';

/**
 * Plans an environment without an engine, and returns its resources as the engine would receive them. Throws UserError.
 *
 * @param progress receives one line for each artifact that has to be built
 * @param options.warn receives one line for each warning
 * @param options.context the environment, if the caller has read it already
 * @param options.release its artifacts, if the caller has them already
 */
export async function recordResources(
  environment: string,
  config: Config,
  secrets: Secrets,
  progress: (line: string) => void,
  {
    warn = progress,
    context,
    release,
  }: { warn?: (line: string) => void; context?: Context; release?: DescribedRelease | undefined } = {},
): Promise<RecordedResource[]> {
  const given = (name: string) => (secrets.given ? secrets.take(name) : undefined);
  const settings = {
    ...settingsOf(environment, (name) => config[`railhead:${name}`]),
    root: projectRoot(),
    preview: true,
    // `secrets.check` reports missing secrets at the end, together with invalid and unused ones.
    secrets: { has: () => true, valueOf: given },
    // Without an engine there is no state.
    held: undefined,
  };
  const { graph, resources } = await planEnvironment(
    settings,
    { progress, warn },
    { ...(context && { context }), ...(release && { release }) },
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
