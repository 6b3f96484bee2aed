import { parseArgs } from 'node:util';
import { environmentNames, readEnvironment, stackFilePath, type Environment } from '../environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { formatProblem, StackError } from '../stack/problem.ts';
import { loadStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';

export const usage = 'validate [file…]        Check stack files; by default those of all environments.';

/** Prints every problem of every file. Exit code 0 where there is none, else 1. */
export function run(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  return Promise.resolve(validate(positionals.length > 0 ? positionals.map(alone) : environments()));
}

interface Candidate {
  /** Relative to the current folder, as problems shall name it. */
  file: string;
  /** Who runs it; absent for a file by itself, which no target has to honour. */
  environment?: Environment;
}

function validate(candidates: Candidate[]): number {
  // A file that several others extend is to blame once.
  const problems = [...new Set(candidates.flatMap(problemsIn))];
  if (problems.length === 0) {
    const files = new Set(candidates.map(({ file }) => file));
    console.log(files.size === 1 ? `${[...files].join('')} is valid` : `${files.size} files are valid`);
    return 0;
  }
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  console.error([...problems, '', `${count}; nothing was touched.`].join('\n'));
  return 1;
}

const alone = (file: string): Candidate => ({ file });

function environments(): Candidate[] {
  return environmentNames()
    .map(readEnvironment)
    .map((environment) => ({ file: stackFilePath(environment), environment }));
}

function problemsIn({ file, environment }: Candidate): string[] {
  try {
    const stack = loadStack(file);
    const graph = buildGraph(stack, environment?.name ?? 'any');
    if (environment) chooseTarget(environment.target, graph, stack);
    return [];
  } catch (error) {
    if (error instanceof StackError) {
      return error.problems.map(formatProblem);
    }
    throw error;
  }
}
