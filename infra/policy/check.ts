import type { PolicyFinding } from '../changes/model.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { LoadedStack } from '../stack/load.ts';
import type { Stage } from '../stack/policy.ts';
import type { Place } from '../stack/tree.ts';
import type { RecordedResource } from '../targets/shared/recorded.ts';
import type { Target } from '../targets/shared/target.ts';
import type { PolicyInput } from './define.ts';
import { serviceOf, type Found, type RuleResult } from './result.ts';
import { rules } from './rules/index.ts';
import { unsupportedFields } from './support.ts';
import { runTeamRules } from './team/run.ts';
import { createWaivers } from './waivers.ts';
import { compareTexts } from '../common/compare-texts.ts';

/** An environment as it is planned. */
export interface PolicyCheck {
  stack: LoadedStack;
  graph: ServiceGraph;
  resources: RecordedResource[];
  target: Pick<Target, 'name' | 'fields' | 'stores'>;
  environment: { name: string; ownMachine: boolean };
  /** The day in UTC, `2026-11-29`; waivers that end before it have no effect. Default: today. */
  today?: string;
}

/** A finding whose place has a column. */
export interface PlacedFinding extends PolicyFinding {
  place: Place;
}

/** Checks what an environment plans to run against Railhead's rules and those of its team. Throws UserError. */
export async function checkPolicy(check: PolicyCheck): Promise<PolicyFinding[]> {
  return (await placedFindings(check)).map(withoutColumn);
}

function withoutColumn({ place: { file, line }, ...finding }: PlacedFinding): PolicyFinding {
  return { ...finding, place: { file, line } };
}

/** Returns the findings of `checkPolicy` with the columns of their places. */
export async function placedFindings(check: PolicyCheck): Promise<PlacedFinding[]> {
  const { stack, graph, resources, target, environment } = check;
  const stage = stageOf(stack, environment);
  const input: PolicyInput = {
    stack: stack.stack,
    graph,
    resources,
    environment: { name: environment.name, stage },
    target: {
      name: target.name,
      unsupported: unsupportedFields(target.fields),
      stores: Object.keys(target.stores),
    },
  };
  const results = [...(await runOwnRules(input)), ...(await runTeamRules(stack, input))];
  const waivers = createWaivers(stack, check.today ?? new Date().toISOString().slice(0, 10));
  const found = results.flatMap(({ rule, problems }) =>
    problems.map((problem) => waivers.apply({ ...problem, rule: rule.name, level: rule.levels[stage]! })),
  );
  const names = new Map(results.map(({ rule }) => [rule.name, rule.levels[stage] !== undefined]));
  return place(stack, [...found, ...waivers.unused(names)]);
}

/** Returns the stage of an environment: what its stack file says, else what its settings say. */
export function stageOf({ stack }: LoadedStack, { ownMachine }: { ownMachine: boolean }): Stage {
  return stack.policy.stage ?? (ownMachine ? 'development' : 'staging');
}

function runOwnRules(input: PolicyInput): Promise<RuleResult[]> {
  return Promise.all(
    rules.map(async (rule) => {
      const isChecked = rule.levels[input.environment.stage] !== undefined;
      return { rule, problems: isChecked ? await rule.check(input) : [] };
    }),
  );
}

function place(stack: LoadedStack, found: readonly Found[]): PlacedFinding[] {
  const problems = stack.place(found.map(({ path, message }) => ({ path, message })));
  return found
    .map((each, index) => {
      const { rule, level, waiver, message } = each;
      const { file, line, column } = problems[index]!;
      const service = serviceOf(each);
      return {
        rule,
        ...(service !== undefined && { service }),
        message,
        place: { file, line, column },
        level,
        ...(waiver !== undefined && { waiver }),
      };
    })
    .toSorted(byPlace);
}

function byPlace(one: PlacedFinding, other: PlacedFinding): number {
  return (
    compareTexts(one.place.file, other.place.file) ||
    one.place.line - other.place.line ||
    one.place.column - other.place.column ||
    compareTexts(one.rule, other.rule) ||
    compareTexts(one.message, other.message)
  );
}
