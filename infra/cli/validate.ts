import { Command } from '@commander-js/extra-typings';
import { projectRoot } from '../common/roots.ts';
import { environmentNames, readEnvironment, stackFilePath, type Environment } from '../common/environment.ts';
import { unreferencedDomains } from '../graph/code-reads.ts';
import { namesOf } from '../graph/conditions.ts';
import { buildGraph } from '../graph/graph.ts';
import type { ServiceGraph } from '../graph/types.ts';
import { hasRelease } from '../releases/load.ts';
import { describeRuntime } from '../runtimes/index.ts';
import { loadStack } from '../stack/load.ts';
import { formatProblem, formatProblems, sortProblems, StackError, type Problem } from '../stack/problem.ts';
import { UserError } from '../../tools/user-error.ts';
import { chooseTarget } from '../targets/index.ts';
import { stackOption } from './options.ts';

export const command = new Command('validate')
  .description('Check stack files.')
  .argument('[files...]', 'stack files; by default those of all environments')
  .addOption(stackOption('check the stack file of one environment'))
  .action(async (files, { stack }) => {
    if (stack !== undefined && files.length > 0) {
      throw new UserError(
        'Name either an environment or stack files, not both: the environment names its own stack file.',
      );
    }
    const environments = stack === undefined ? environmentNames() : [stack];
    const candidates = files.length > 0 ? files.map((file) => ({ file })) : toCandidates(environments);
    process.exitCode = await validate(candidates);
  });

interface Candidate {
  /** Path relative to the current folder; problems show it in this form. */
  file: string;
  /** The environment that uses the file; absent for a file on the command line, which is not checked for a target. */
  environment?: Environment;
}

function toCandidates(names: string[]): Candidate[] {
  return names
    .map((name) => readEnvironment(name))
    .map((environment) => ({ file: stackFilePath(environment), environment }));
}

/** Prints every problem of every file. Returns exit code 1 if one is an error, not a warning; else 0. */
async function validate(candidates: Candidate[]): Promise<number> {
  const checked = await Promise.all(candidates.map(check));
  const problems = mergeProblems(checked, candidates.length);
  const errors = problems.filter(({ warning }) => !warning).length;
  const counts = [...count(errors, 'problem'), ...count(problems.length - errors, 'warning')].join(', ');
  if (problems.length > 0) console.error([...formatProblems(problems), ''].join('\n'));
  if (errors > 0) {
    console.error(`${counts}; nothing was touched.`);
    return 1;
  }
  const files = [...new Set(candidates.map(({ file }) => file))];
  const valid = files.length === 1 ? `${files.join('')} is valid` : `${files.length} files are valid`;
  console.log(counts === '' ? valid : `${valid}, with ${counts}`);
  const runtimes = [...new Set(checked.flatMap((one) => one.runtimes))];
  if (runtimes.length > 0) console.log(`Runtimes: ${runtimes.join(', ')}`);
  const values = new Set(checked.flatMap((one) => one.values));
  if (values.size > 0) {
    console.log(`The Pulumi program has to pass values to deploy(): ${[...values].toSorted().join(', ')}`);
  }
  return 0;
}

function count(number: number, word: string): string[] {
  if (number === 0) return [];
  return [number === 1 ? `1 ${word}` : `${number} ${word}s`];
}

/** Returns each problem once. Lists its environments if only some of them have it, or if their target is the reason. */
function mergeProblems(checked: Checked[], candidates: number): Problem[] {
  const found = checked.flatMap(({ problems, environment }) =>
    problems.map((problem) => ({ problem, environment })),
  );
  const same = Map.groupBy(found, ({ problem }) => formatProblem({ ...problem, environments: [] }));
  const merged = [...same.values()].flatMap((group): Problem[] => {
    const owners = group.flatMap(({ environment }) => environment ?? []);
    const [first] = group;
    if (first === undefined) return [];
    const commands = group.flatMap(({ problem }) => problem.commands ?? []);
    const isOfAll = owners.length === candidates && first.problem.environments === undefined;
    return [{ ...first.problem, commands, ...(!isOfAll && { environments: owners }) }];
  });
  return sortProblems(merged);
}

interface Checked {
  environment: Environment | undefined;
  problems: readonly Problem[];
  /** The runtime of each service that has another than Node, with the reason: `ml python (requirements.txt)`. */
  runtimes: string[];
  /** Names of the values that only the Pulumi program has. */
  values: string[];
}

async function check({ file, environment }: Candidate): Promise<Checked> {
  const conditions = environment && {
    target: await chooseTarget(environment),
    secrets: environment.secrets,
    identity: environment.identity,
    isPinned: hasRelease(environment.name, projectRoot()),
  };
  try {
    const loaded = loadStack(file);
    const graph = buildGraph(loaded, environment?.name ?? 'any', conditions);
    const problems = [...graph.warnings, ...(conditions?.isPinned ? [] : unreferencedDomains(loaded, graph))];
    return { environment, problems, runtimes: runtimesOf(graph), values: [...namesOf(graph, 'pulumi')] };
  } catch (error) {
    if (error instanceof StackError)
      return { environment, problems: error.problems, runtimes: [], values: [] };
    throw error;
  }
}

function runtimesOf({ services }: ServiceGraph): string[] {
  return services.flatMap(({ name, config }) => {
    if (config.kind !== 'source' || config.runtime === undefined || config.runtime.name === 'node') return [];
    return [`${name} ${describeRuntime(config.runtime)}`];
  });
}
