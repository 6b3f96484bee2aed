import { railheadCommand } from '../common/commands.ts';
import { repositoryRoot, stackFilePath, type Environment } from '../common/environment.ts';
import { buildGraph } from '../graph/graph.ts';
import { loadStack } from '../stack/load.ts';
import { StackError } from '../stack/problem.ts';
import { chooseTarget } from '../targets/index.ts';
import type { Check } from '../targets/shared/preflight.ts';

/** Runs the target's preflight checks for an environment. Returns a single failed check if the stack file is invalid. */
export async function preflightChecks(environment: Environment): Promise<Check[]> {
  const target = chooseTarget(environment.target);
  const { name, dockerPool, secrets, identity } = environment;
  try {
    const graph = buildGraph(loadStack(stackFilePath(environment)), name, { target, secrets, identity });
    return await target.preflight(graph, { root: repositoryRoot, environment: name, dockerPool });
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const found = `${error.problems.length} problems in ${environment.stackFile}`;
    return [{ name: 'Stack file', found, mend: railheadCommand(name, 'validate') }];
  }
}
