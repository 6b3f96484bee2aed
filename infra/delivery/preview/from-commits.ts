import { compare, type Compared } from '../../changes/compare.ts';
import { coverDocument } from '../../changes/cover-document.ts';
import { costOf } from '../../changes/cost.ts';
import type { PolicyFinding, Preview } from '../../changes/model.ts';
import type { Sides } from '../../changes/sides.ts';
import { environmentNames, readEnvironment, stackFilePath } from '../../common/environment.ts';
import { checkPolicy } from '../../policy/check.ts';
import { loadStack } from '../../stack/load.ts';
import { formatProblem } from '../../stack/problem.ts';
import { UserError } from '../../../tools/user-error.ts';
import {
  compareCommits,
  type ComparedCommits,
  type ComparedEnvironment,
} from '../commits/compare-commits.ts';
import { isEvaluated, type Evaluated, type Side } from '../commits/evaluate.ts';
import { identityRisks } from '../commits/identity-risks.ts';

interface Chosen {
  base: string;
  /** Undefined for the files as they are. */
  head: string | undefined;
  /** Undefined for all environments of either commit. */
  stack: string | undefined;
}

/**
 * Previews the difference of two commits, without an engine, a state, secrets or a cluster. Throws UserError.
 *
 * @param progress receives a line for each step that takes long
 */
export async function previewCommits(
  { base, head, stack }: Chosen,
  progress: (line: string) => void,
): Promise<Preview[]> {
  const compared = await compareCommits({ base, head, environment: stack, progress });
  return Promise.all(compared.environments.map((environment) => previewOf(environment, compared)));
}

async function previewOf(environment: ComparedEnvironment, commits: ComparedCommits): Promise<Preview> {
  const { name, before, after } = environment;
  const [old, now] = [evaluated(before), evaluated(after)];
  const shown = now ?? old;
  const sides = sidesOf(old, now);
  const { policy, notes } = now === undefined ? { policy: [], notes: [] } : await policyOf(name, now);
  const cost = now && costOf(old?.snapshot, now.snapshot);
  const problems = problemsOf(after);
  const unknown = problemsOf(before);
  const isRemoved = after === undefined;
  const compared =
    shown === undefined || isRemoved || problems.length + unknown.length > 0
      ? nothing
      : compare({
          ...sides,
          resources: environment.resources,
          stores: shown.context.target.stores,
          handover: shown.context.target.handover,
        });
  const refused = old && now ? coverDocument(sides, identityRisks(old, now)) : [];
  return {
    environment: name,
    target: shown?.context.target.name ?? 'unknown',
    stackFile: shown?.snapshot.stackFile ?? 'unknown',
    source: { kind: 'commits', base: commits.base, head: commits.head },
    ...compared,
    risks: [...refused, ...compared.risks],
    policy: coverDocument(sides, policy),
    ...(cost && { cost: cost.cost }),
    notes: [
      ...(isRemoved ? [removed] : []),
      ...(unknown.length > 0
        ? [`What changes is not known: the base commit cannot be planned. ${unknown.join('; ')}`]
        : []),
      ...programNotes(commits),
      ...notes,
      ...(cost?.notes ?? []),
      ...(problems.length > 0 ? [] : [limits]),
    ],
    ...(unknown.length > 0 && { unknown: true as const }),
    ...(problems.length > 0 && { problems }),
  };
}

/** What is known if one side cannot be planned. */
const nothing: Compared = {
  services: [],
  same: 0,
  network: [],
  risks: [],
  graph: { services: [], edges: [] },
};

function sidesOf(old: Evaluated | undefined, now: Evaluated | undefined): Sides {
  return {
    before: old?.snapshot,
    after: now?.snapshot,
    places: { ...(old && { before: old.places }), ...(now && { after: now.places }) },
  };
}

const removed =
  'The environment is no longer in the repository. No update runs for it: what runs stays until `down`.';

const limits =
  'Two commits are compared, not what runs: changes of secrets, of generated values and of running resources are not known, nor which of the changes are deployed already.';

function evaluated(side: Side | undefined): Evaluated | undefined {
  return side && isEvaluated(side) ? side : undefined;
}

function problemsOf(side: Side | undefined): string[] {
  return side === undefined || isEvaluated(side) ? [] : side.problems.map(formatProblem);
}

function programNotes({ program: { files, railhead } }: ComparedCommits): string[] {
  return [
    ...(files.length === 0
      ? []
      : [`The Pulumi program changes, and its effect is not in this preview: ${files.join(', ')}.`]),
    ...(railhead === undefined
      ? []
      : [
          `Railhead changes from ${railhead.before ?? 'none'} to ${railhead.after ?? 'none'}; both commits are evaluated with the one that is installed here.`,
        ]),
  ];
}

/** Checks the later side with the rules of Railhead, and with those of the team that this checkout has. */
async function policyOf(
  name: string,
  { context, resources }: Evaluated,
): Promise<{ policy: PolicyFinding[]; notes: string[] }> {
  const { stack, graph, target } = context;
  const own = ownRules(name);
  const { rules } = stack.stack.policy;
  const runs = rules === undefined || rules === own?.rules;
  // The rules of a commit are data like its other files: only code of this checkout runs.
  const checked = {
    ...stack,
    root: own?.root ?? stack.root,
    stack: { ...stack.stack, policy: { ...stack.stack.policy, rules: runs ? rules : undefined } },
  };
  const environment = { name, ownMachine: own?.ownMachine ?? false };
  const notes = runs
    ? []
    : [`The rules in ${rules} did not run: the environment ${name} of this checkout does not name them.`];
  try {
    return { policy: await checkPolicy({ stack: checked, graph, resources, target, environment }), notes };
  } catch (error) {
    if (error instanceof UserError)
      return { policy: [], notes: [`The policy was not checked: ${error.message}`] };
    throw error;
  }
}

/** Returns the folder of the team's rules that the environment of this checkout names. */
function ownRules(
  name: string,
): { root: string; rules: string | undefined; ownMachine: boolean } | undefined {
  if (!environmentNames().includes(name)) return undefined;
  try {
    const environment = readEnvironment(name);
    const { root, stack } = loadStack(stackFilePath(environment));
    return { root, rules: stack.policy.rules, ownMachine: environment.ownMachine };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
