import { compare } from '../../changes/compare.ts';
import { costOf } from '../../changes/cost.ts';
import type { Preview } from '../../changes/model.ts';
import { placesIn } from '../../changes/places.ts';
import type { Environment } from '../../common/environment.ts';
import { projectRoot } from '../../common/roots.ts';
import type { Context } from '../../program/context.ts';
import { currentCommit } from '../../program/commit.ts';
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
  const { stack, target } = context;
  const root = projectRoot();
  const plan = await readPlan(pulumi, { root, environment: name, refresh: target.otherProviders, progress });
  const { after, deployed, resources, digest } = plan;
  const isUnrecorded = plan.exists && plan.before === undefined;
  // Without a record, only Railhead's version is known to differ.
  const before = isUnrecorded ? { ...after, railhead: 'a version without a record' } : plan.before;
  const compared = compare({
    before,
    after,
    places: { after: placesIn(stack, root) },
    resources,
    stores: target.stores,
  });
  const findings = await environmentFindings(environment, context, progress);
  const cost = costOf(before, after);
  const [commit, seconds] = [await currentCommit(root), await lastDuration(pulumi, name)];
  return {
    environment: name,
    target: target.name,
    stackFile,
    source: { kind: 'state', ...(commit && { commit }), ...(deployed && { deployed }) },
    ...compared,
    policy: findings.map(({ place: { file, line }, ...finding }) => ({ ...finding, place: { file, line } })),
    ...(cost && { cost: cost.cost }),
    notes: [...(isUnrecorded ? [unrecorded] : []), ...(cost?.notes ?? [])],
    ...(seconds !== undefined && { seconds }),
    digest: formatDigest(digest),
  };
}

const unrecorded =
  'The last update was made by a version of Railhead that recorded no inputs, so the causes are not known.';
