import type { ServiceGraph } from '../graph/types.ts';
import type { LoadedStack } from '../stack/load.ts';
import { StackError, UserError } from '../stack/problem.ts';
import { unsupportedByProcess } from './process/unsupported.ts';
import type { Target, TargetName } from './target.ts';

const targets: Partial<Record<TargetName, Target>> = {
  process: {
    unsupported: unsupportedByProcess,
    load: async () => (await import('./process/index.ts')).deployProcesses,
  },
};

/**
 * The target, once it is sure that it can run the graph. Throws a StackError with every field that it
 * cannot honour, each at its place in the stack file.
 */
export function chooseTarget(name: TargetName, graph: ServiceGraph, stack: LoadedStack): Target {
  const target = targets[name];
  if (target === undefined) {
    throw new UserError(
      `The target "${name}" is not built yet. Set another one: npm run pulumi -- config set railhead:target ${Object.keys(targets).join('|')} -s ${graph.environment}`,
    );
  }
  const problems = stack.place(target.unsupported(graph));
  if (problems.length > 0) throw new StackError(problems);
  return target;
}
