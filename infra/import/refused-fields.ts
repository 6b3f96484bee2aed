import { isRefused, type StackSupport, type SupportEntry } from '../targets/shared/support.ts';
import { Draft } from './draft.ts';
import { overlaid, problemsOf } from './fit.ts';
import type { Target } from '../targets/shared/target.ts';

/**
 * Returns the overlay with which a target runs a system that has fields which the target refuses: null removes each. Undefined if
 * the system has other problems there, such as a field without which a service cannot start.
 *
 * @param path absolute path of the stack file
 */
export function withoutRefused(base: Draft, path: string, target: Target): Draft | undefined {
  const draft = new Draft();
  for (const problem of problemsOf(base, path, target)) {
    const place = problem.path.split('.');
    const found = refusedAt(target.fields, base, place);
    if (found === undefined) return undefined;
    draft.set(found.path, null, undefined, found.reason);
  }
  return problemsOf(overlaid(base, draft), path, target).length === 0 ? draft : undefined;
}

/** Returns the field at a place, or above it, that the record of a target refuses with every value. */
function refusedAt({ services, ...whole }: StackSupport, base: Draft, place: readonly string[]) {
  const [, name = ''] = place;
  const isService = place[0] === 'services';
  const has = (field: string) => base.below(['services', name, field]).length > 0;
  const kind = has('type') ? 'data' : has('image') ? 'image' : 'source';
  let entry: SupportEntry | undefined = isService ? services[kind] : whole;
  for (let depth = isService ? 2 : 0; depth < place.length; depth++) {
    const step = place[depth] ?? '';
    if (entry === undefined || typeof entry === 'string' || isRefused(entry)) break;
    // The record has the fields of the items of a list, not their numbers.
    if (!/^\d+$/.test(step)) entry = (entry as Record<string, SupportEntry>)[step];
    if (entry !== undefined && isRefused(entry))
      return { path: place.slice(0, depth + 1), reason: entry.refused };
  }
  return undefined;
}
