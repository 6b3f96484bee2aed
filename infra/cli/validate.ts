import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentNames, readEnvironment, repositoryRoot } from '../environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { StackError, formatProblem, type Problem } from '../stack/problem.ts';
import { loadStack } from '../stack/load.ts';

export const usage = 'validate [file…]        Check stack files; by default those of all environments.';

/** Prints every problem of every file. Exit code 0 where there is none, else 1. */
export async function run(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const files = positionals.length > 0 ? positionals : environmentFiles();
  const problems = [...new Set(files)].flatMap(problemsIn);
  if (problems.length === 0) {
    console.log(files.length === 1 ? `${files[0]} is valid` : `${files.length} files are valid`);
    return 0;
  }
  // A base that several overlays extend is to blame once.
  const lines = [...new Set(problems.map(formatProblem))];
  console.error(lines.join('\n'));
  console.error(`\n${lines.length === 1 ? '1 problem' : `${lines.length} problems`}; nothing was touched.`);
  return 1;
}

function environmentFiles(): string[] {
  return environmentNames().map((name) => {
    const file = relative(process.cwd(), `${repositoryRoot}/${readEnvironment(name).stackFile}`);
    return file;
  });
}

function problemsIn(file: string): readonly Problem[] {
  try {
    buildGraph(loadStack(file), 'check');
    return [];
  } catch (error) {
    if (error instanceof StackError) {
      return error.problems;
    }
    throw error;
  }
}
