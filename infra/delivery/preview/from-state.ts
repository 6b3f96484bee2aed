import type { DescribedRelease } from '../../artifacts/types.ts';
import type { Preview } from '../../changes/model.ts';
import type { Environment } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import { openStore } from '../../store/open-store.ts';
import type { Context } from '../../program/context.ts';
import { currentCommit } from '../../program/commit.ts';
import { formatDigest } from '../state/digest/digest.ts';
import { environmentFindings } from '../policy.ts';
import { readPlan, type Pulumi } from '../state/read-plan.ts';
import { shownOf } from '../state/shown.ts';
import { lastDuration } from './last-duration.ts';

/**
 * Previews an update of an environment: what runs, compared with the files. Changes nothing. Throws UserError.
 *
 * @param progress receives a line for each step that takes long
 * @param handed artifacts that the environment would get, and the variables that hand them to the Pulumi program
 */
export async function previewState(
  pulumi: Pulumi,
  environment: Environment,
  context: Context,
  progress: (line: string) => void,
  { release, variables = {} }: { release?: DescribedRelease; variables?: Record<string, string> } = {},
): Promise<Preview> {
  const { name } = environment;
  const { otherProviders: refresh } = context.target;
  const root = projectRoot();
  const plan = await readPlan(pulumi, { root, environment: name, refresh, variables, progress });
  const { deployed, digest, problems } = plan;
  const findings = await environmentFindings(environment, context, progress, release);
  const [commit, seconds] = [await currentCommit(root), await lastDuration(openStore(environment), name)];
  return {
    ...shownOf(plan, context, findings, root),
    source: { kind: 'state', ...(commit && { commit }), ...(deployed && { deployed }) },
    ...(seconds !== undefined && { seconds }),
    ...(problems.length === 0 && { digest: formatDigest(digest) }),
  };
}
