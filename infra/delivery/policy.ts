import type { DescribedRelease } from '../artifacts/types.ts';
import type { Environment } from '../common/environment.ts';
import { placedFindings, type PlacedFinding } from '../policy/check.ts';
import type { Context } from '../program/context.ts';
import { readPlainConfig } from './plain-config.ts';

/**
 * Checks an environment against the rules of its stage, without an engine, state, secrets, daemon or cluster. Throws
 * UserError.
 *
 * @param progress receives one line for each artifact that has to be built
 * @param release its artifacts, if the caller has them already
 */
export async function environmentFindings(
  environment: Environment,
  context: Context,
  progress: (line: string) => void,
  release?: DescribedRelease,
): Promise<PlacedFinding[]> {
  // Pulumi loads slowly, and only this function needs it.
  const [{ recordResources }, { noSecrets }] = await Promise.all([
    import('./render/record.ts'),
    import('./render/secrets.ts'),
  ]);
  const { name } = environment;
  const options = { context, release, warn: () => undefined };
  const resources = await recordResources(name, readPlainConfig(name), noSecrets, progress, options);
  return placedFindings({ ...context, resources, environment });
}
