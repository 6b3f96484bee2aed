import { UserError } from '../../../tools/user-error.ts';
import { formatProblem } from '../../stack/problem.ts';
import { compareCommits } from '../commits/compare-commits.ts';
import { isEvaluated, type Evaluated, type Side } from '../commits/evaluate.ts';
import { mergeBase } from '../commits/merge-base.ts';
import { changesOf, dependentsOf, servicesOf } from './compare.ts';
import type { AffectedDocument, AffectedService, Change, Dependent } from './document.ts';

interface Options {
  /** The branch or commit from which the head was branched off. */
  base: string;
  /** By default the files as they are. */
  head?: string | undefined;
  /** Only this environment. */
  environment?: string | undefined;
  progress: (line: string) => void;
}

/**
 * Returns the services that a branch affects, and those that connect to them: from git objects alone, without an engine, a state or
 * credentials. Services are sorted by name. Throws UserError, also if the head cannot be planned.
 */
export async function affectedServices({ base, head, ...options }: Options): Promise<AffectedDocument> {
  const shared = await mergeBase(base, head);
  const compared = await compareCommits({ base: shared, head, ...options });
  const isProgram = compared.program.files.length > 0 || compared.program.railhead !== undefined;
  const services = new Map<string, AffectedService>();
  const dependents = new Map<string, Dependent>();
  const [was, is] = [new Set<string>(), new Set<string>()];
  const environments: string[] = [];
  for (const { name: environment, before, after, settings, resources } of compared.environments) {
    if (before && isEvaluated(before)) for (const { name } of servicesOf(before)) was.add(name);
    if (after === undefined) continue;
    const now = planned(after);
    const changed = new Map<string, Change[]>();
    for (const { name, source } of servicesOf(now)) {
      is.add(name);
      const found = [
        ...changesIn(before, now, name, resources),
        ...(isProgram ? (['program'] as const) : []),
      ];
      if (found.length === 0) continue;
      changed.set(name, found);
      const known = services.get(name) ?? { service: name, ...source, environments: [], changes: [] };
      known.changes.push(...found.filter((change) => !known.changes.includes(change)));
      known.environments.push(environment);
      services.set(name, known);
    }
    if (before === undefined || settings || resources.length > 0 || changed.size > 0)
      environments.push(environment);
    for (const { name, source, references } of dependentsOf(now, changed)) {
      const known = dependents.get(name) ?? { service: name, ...source, environments: [], references: [] };
      known.references.push(...references.filter((other) => !known.references.includes(other)));
      known.environments.push(environment);
      dependents.set(name, known);
    }
  }
  // A service that is affected in one environment is none that is the same in another one.
  for (const name of services.keys()) dependents.delete(name);
  const byName = (one: { service: string }, other: { service: string }) =>
    one.service < other.service ? -1 : 1;
  return {
    version: 1,
    base: compared.base,
    head: compared.head,
    environments: compared.environments.map(({ name }) => name),
    changed: environments,
    services: [...services.values()].toSorted(byName),
    dependents: [...dependents.values()].toSorted(byName),
    removed: [...was].filter((name) => !is.has(name)).toSorted(),
  };
}

function changesIn(
  before: Side | undefined,
  now: Evaluated,
  name: string,
  resources: Parameters<typeof changesOf>[3],
): Change[] {
  if (before !== undefined && !isEvaluated(before)) return ['unknown'];
  return changesOf(before, now, name, resources);
}

function planned(side: Side): Evaluated {
  if (isEvaluated(side)) return side;
  const problems = side.problems.map(formatProblem).join('\n');
  throw new UserError(`What changes is not known, because the stack files have problems:\n${problems}`);
}
