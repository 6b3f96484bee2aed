import type { ServiceGraph } from '../graph/types.ts';
import type { LoadedStack } from '../stack/load.ts';
import { StackError } from '../stack/problem.ts';
import { unsupportedByDocker } from './docker/unsupported.ts';
import { unsupportedByKubernetes } from './kubernetes/unsupported.ts';
import { unsupportedByProcess } from './process/unsupported.ts';
import type { Target, TargetName } from './target.ts';

const targets: Record<TargetName, Target> = {
  process: {
    unsupported: unsupportedByProcess,
    load: async () => (await import('./process/index.ts')).deployProcesses,
  },
  docker: {
    unsupported: unsupportedByDocker,
    containers: ['gateway', 'balancer'],
    load: async () => (await import('./docker/index.ts')).deployContainers,
  },
  kubernetes: {
    unsupported: unsupportedByKubernetes,
    containers: ['gateway'],
    load: async () => (await import('./kubernetes/index.ts')).deployCluster,
  },
};

/**
 * The target, once it is sure that it can run the graph. Throws a StackError with every field that it
 * cannot honour, each at its place in the stack file.
 */
export function chooseTarget(name: TargetName, graph: ServiceGraph, stack: LoadedStack): Target {
  const target = targets[name];
  const problems = stack.place(target.unsupported(graph));
  if (problems.length > 0) throw new StackError(problems);
  return target;
}
