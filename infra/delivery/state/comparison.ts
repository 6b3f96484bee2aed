import type { Comparison } from '../../changes/compare.ts';
import { placesIn } from '../../changes/places.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
import type { Context } from '../../program/context.ts';
import type { EnginePlan } from './read-plan.ts';

/**
 * Returns what runs and what an update would leave, to be compared.
 *
 * @param root absolute path of the project
 */
export function comparisonOf(
  plan: EnginePlan,
  { stack, target }: Pick<Context, 'stack' | 'target'>,
  root: string,
): Comparison & { after: Snapshot } {
  const { before, after, resources } = plan;
  const unrecorded = isUnrecorded(plan, { target });
  return {
    // Without a record, only Railhead's version is known to differ.
    before: unrecorded ? { ...after, railhead: 'unknown version' } : before,
    after,
    places: { after: placesIn(stack, root) },
    resources,
    stores: target.stores,
    handover: target.handover,
    unrecorded,
  };
}

/**
 * Returns true for an environment that runs, and whose last update recorded no inputs that this version can read. After `down`, only
 * the data and Railhead's records are in the state.
 */
export function isUnrecorded(
  { types, before }: EnginePlan,
  { target: { stores } }: Pick<Context, 'target'>,
): boolean {
  const isKept = (type: string) => type in stores || /^(pulumi:|railhead:(index|generated):)/.test(type);
  return before === undefined && !types.every(isKept);
}
