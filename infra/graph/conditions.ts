import type { Finding } from '../stack/finding.ts';
import type { ServiceGraph } from './types.ts';

/** What a stack has to hold against besides its own rules, where it is known. */
export interface Conditions {
  target?: {
    name: string;
    /** One finding per field of the stack that the target cannot honour; none when it can run the graph. */
    unsupported(graph: ServiceGraph): Finding[];
  };
}

/**
 * What stands against running the graph under these conditions. The graph may have been built of a file with problems:
 * a field that is wrong by itself is not blamed again.
 */
export function checkConditions(graph: ServiceGraph, { target }: Conditions): Finding[] {
  if (target === undefined) return [];
  const environment = { name: graph.environment, target: target.name };
  return target.unsupported(graph).map((finding) => ({ cause: finding.path, ...finding, environment }));
}
