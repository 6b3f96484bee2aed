import { ownEnvironment } from '../init/own-target.ts';
import type { Problem } from '../stack/problem.ts';
import type { Target } from '../targets/shared/target.ts';
import type { Code } from './commands.ts';
import { Draft, isBelow } from './draft.ts';
import { merged, overlaid, problemsOf } from './fit.ts';
import type { Ledger } from './ledger.ts';
import { planProcesses } from './processes.ts';
import { withoutRefused } from './refused-fields.ts';

/** Whether a target can run the system. */
export interface PlannedTarget {
  name: string;
  /** Why it cannot. */
  problems: Problem[];
  /** The environment whose overlay it needs; undefined if it runs the stack file itself. */
  environment?: string;
  /** The fields that the overlay removes, with the reasons. */
  leftOut: { path: string; message: string }[];
}

interface System {
  base: Draft;
  overlays: Map<string, Draft>;
  /** Absolute path of the stack file. */
  path: string;
  code: Code;
  /** The start commands in the imported files, by service. */
  starts: ReadonlyMap<string, string>;
}

/**
 * Returns whether targets can run the system. One that cannot run the stack file itself gets an overlay if this is enough. Fields
 * that an overlay removes have another outcome.
 */
export function planTargets(all: readonly Target[], system: System, ledger: Ledger): PlannedTarget[] {
  const targets = all.map((target) => planTarget(target, system));
  for (const { path, outcome } of system.base.entries) {
    const lacking = targets.filter(({ leftOut }) =>
      leftOut.some((field) => isBelow(path, field.path.split('.'))),
    );
    if (lacking.length === 0) continue;
    const names = lacking.map(({ name }) => name).join(' and ');
    ledger.replace(outcome, { ...outcome, why: `not on ${names}` });
  }
  return targets;
}

function planTarget(target: Target, { base, overlays, path, code, starts }: System): PlannedTarget {
  const { name } = target;
  const problems = problemsOf(base, path, target);
  if (problems.length === 0) return { name, problems, leftOut: [] };
  const isProcess = target.containers === undefined;
  const environment = isProcess ? ownEnvironment : name;
  const own = overlays.get(environment) ?? new Draft();
  const whole = overlaid(base, own);
  const adapted = isProcess
    ? planProcesses(whole, path, { target, code, starts })
    : { draft: withoutRefused(whole, path, target), problems };
  if (adapted.draft === undefined) return { name, problems: adapted.problems, leftOut: [] };
  overlays.set(environment, merged(own, adapted.draft, base));
  const leftOut = adapted.draft.entries.flatMap(({ path, note }) =>
    note === undefined ? [] : [{ path: path.join('.'), message: note }],
  );
  return { name, problems: [], environment, leftOut };
}
