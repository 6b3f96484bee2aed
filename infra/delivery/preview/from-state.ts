import { compare } from '../../changes/compare.ts';
import { costOf } from '../../changes/cost.ts';
import type { Preview } from '../../changes/model.ts';
import type { Environment } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import type { Context } from '../../program/context.ts';
import { currentCommit } from '../../program/commit.ts';
import { withoutColumn } from '../../policy/check.ts';
import { comparisonOf, isUnrecorded } from '../state/comparison.ts';
import { formatDigest } from '../state/digest/digest.ts';
import { environmentFindings } from '../policy.ts';
import { readPlan, type Pulumi } from '../state/read-plan.ts';
import { lastDuration } from './last-duration.ts';

/**
 * Previews an update of an environment: what runs, compared with the files. Changes nothing. Throws UserError.
 *
 * @param progress receives a line for each step that takes long
 */
export async function previewState(
  pulumi: Pulumi,
  environment: Environment,
  context: Context,
  progress: (line: string) => void,
): Promise<Preview> {
  const { name, stackFile } = environment;
  const { target } = context;
  const root = projectRoot();
  const plan = await readPlan(pulumi, { root, environment: name, refresh: target.otherProviders, progress });
  const { deployed, digest } = plan;
  const comparison = comparisonOf(plan, context, root);
  const findings = await environmentFindings(environment, context, progress);
  const cost = costOf(comparison.before, comparison.after);
  const [commit, seconds] = [await currentCommit(root), await lastDuration(pulumi, name)];
  return {
    environment: name,
    target: target.name,
    stackFile,
    source: { kind: 'state', ...(commit && { commit }), ...(deployed && { deployed }) },
    ...compare(comparison),
    policy: findings.map(withoutColumn),
    ...(cost && { cost: cost.cost }),
    notes: [...(isUnrecorded(plan, context) ? [unrecorded] : []), ...(cost?.notes ?? [])],
    ...(seconds !== undefined && { seconds }),
    ...(plan.problems.length > 0 ? { problems: plan.problems } : { digest: formatDigest(digest) }),
  };
}

const unrecorded =
  'The last update recorded no inputs that this version can read. The causes, the former values and what happens to removed data are not known.';
