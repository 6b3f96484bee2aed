/**
 * Plans one stack file. As a program, prints the milliseconds since the start of the process, or with `--loaded` since its
 * code was loaded.
 */
import { buildGraph } from '../infra/graph/graph.ts';
import type { ServiceGraph } from '../infra/graph/types.ts';
import { loadStack } from '../infra/stack/load.ts';

export function planStack(file: string): ServiceGraph {
  return buildGraph(loadStack(file), 'bench');
}

if (import.meta.main) {
  const loaded = process.argv.includes('--loaded') ? performance.now() : 0;
  planStack(process.argv[2] ?? '');
  console.log(performance.now() - loaded);
}
