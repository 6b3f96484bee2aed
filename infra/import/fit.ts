import { buildGraph } from '../graph/graph.ts';
import { parseStack } from '../stack/load.ts';
import { StackError, type Problem } from '../stack/problem.ts';
import type { Target } from '../targets/shared/target.ts';
import { Draft, isBelow, type DraftEntry } from './draft.ts';
import { draftText } from './draft-text.ts';
import { cannot, type Ledger } from './ledger.ts';

/**
 * Removes the invalid entries from a stack file, and records the reasons at the fields that they came from. Returns why nothing
 * valid remains, at the places of the imported files.
 *
 * @param path absolute path of the stack file, which need not exist
 */
export function makeValid(draft: Draft, path: string, ledger: Ledger): Problem[] {
  const causes: Problem[] = [];
  for (;;) {
    const problems = problemsOf(draft, path);
    const removed = problems.flatMap((problem) => {
      const entries = draft.at(problem.path.split('.')).filter((entry) => entry.path[0] !== 'name');
      for (const entry of entries) refuse(entry, problem, ledger);
      return entries;
    });
    // If all services were removed, the next problem is that "services" is missing. The causes are the problems before it.
    if (removed.length === 0) return problems.length === 0 || causes.length === 0 ? problems : causes;
    causes.push(...problems.flatMap((problem) => causeOf(problem, removed) ?? []));
    draft.remove(removed);
  }
}

/** Returns the problem of a service at the place of the imported file that describes the service. */
function causeOf(problem: Problem, removed: readonly DraftEntry[]): Problem | undefined {
  const [section, service] = problem.path.split('.');
  const own = removed.find(
    ({ path, from }) => path[0] === 'services' && path[1] === service && from !== undefined,
  );
  return section === 'services' && own?.from ? { ...problem, ...own.from.place } : undefined;
}

function refuse({ outcome }: DraftEntry, { path, message }: Problem, ledger: Ledger): void {
  ledger.replace(
    outcome,
    cannot(`${path}: ${message}`, 'correct it and import again, or write it into the stack file'),
  );
}

/** Returns the problems of a stack file as an environment of a target; without a target, those of the file alone. */
export function problemsOf(draft: Draft, path: string, target?: Target): Problem[] {
  try {
    buildGraph(
      parseStack(draftText(draft, []), path),
      'dev',
      target === undefined ? { sharesAddress: false } : { target },
    );
    return [];
  } catch (error) {
    if (error instanceof StackError) return error.problems.filter(({ warning }) => !warning);
    throw error;
  }
}

/** Returns a stack file with the values of an overlay; null removes. */
export function overlaid(base: Draft, over: Draft): Draft {
  const whole = new Draft();
  const isReplaced = (path: readonly string[]) => over.entries.some((entry) => isBelow(path, entry.path));
  for (const { path, value, from, note } of base.entries)
    if (!isReplaced(path)) whole.set(path, value, from, note);
  for (const { path, value, from, note } of over.entries)
    if (value !== null) whole.set(path, value, from, note);
  return whole;
}

/** Returns an overlay with another one over it. What the base does not have needs no null. */
export function merged(overlay: Draft, over: Draft, base: Draft): Draft {
  const whole = overlaid(overlay, over);
  for (const { path, value, note } of over.entries)
    if (value === null && base.below(path).length > 0) whole.set(path, null, undefined, note);
  return whole;
}
