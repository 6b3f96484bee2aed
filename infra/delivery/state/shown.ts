import { relative, resolve } from 'node:path';
import { compare } from '../../changes/compare.ts';
import { coverDocument } from '../../changes/cover-document.ts';
import { costOf } from '../../changes/cost.ts';
import type { PolicyFinding, Preview } from '../../changes/model.ts';
import type { PlacedFinding } from '../../policy/check.ts';
import type { Context } from '../../program/context.ts';
import { comparisonOf, isUnrecorded } from './comparison.ts';
import { reachedNotes, withoutGuess } from './mark-reached.ts';
import type { EnginePlan } from './read-plan.ts';

/** What a preview shows of a plan. The digest names the plan; the commit and the duration can differ for one plan. */
export type Shown = Omit<Preview, 'source' | 'seconds' | 'digest'>;

/**
 * Returns what a preview shows of a plan.
 *
 * @param root absolute path of the project
 */
export function shownOf(
  plan: EnginePlan,
  context: Pick<Context, 'stack' | 'target'>,
  findings: readonly PlacedFinding[],
  root: string,
): Shown {
  const comparison = comparisonOf(plan, context, root);
  const compared = compare(comparison);
  const { before, after } = comparison;
  const cost = costOf(before, after);
  const isUnknown = isUnrecorded(plan, context);
  return {
    environment: after.environment,
    target: after.target,
    stackFile: after.stackFile,
    ...compared,
    services: compared.services.map((service) => withoutGuess(service, plan.reached)),
    policy: coverDocument(
      comparison,
      findings.map((finding) => belowProject(finding, root)),
    ),
    ...(cost && { cost: cost.cost }),
    notes: [...(isUnknown ? [unrecorded] : []), ...reachedNotes(plan.reached), ...(cost?.notes ?? [])],
    ...(isUnknown && { unrecorded: true as const }),
    ...(plan.problems.length > 0 && { problems: plan.problems }),
  };
}

const unrecorded =
  'The last update recorded no inputs that this version can read. The causes, the former values, and whether data or exposure are touched are not known.';

/** Places of findings are relative to the current folder, and those of a preview to the project. */
function belowProject(finding: PlacedFinding, root: string): PolicyFinding {
  const { file, line } = finding.place;
  return { ...finding, place: { file: relative(root, resolve(file)), line } };
}
