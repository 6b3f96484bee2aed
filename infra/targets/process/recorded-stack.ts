import { environmentPaths } from '../../supervisor/paths.ts';
import { listWorkloads } from '../../supervisor/workloads.ts';
import type { StateResource } from '../shared/data.ts';

/** Returns the stack name in the variables of a service that runs, if the state holds processes. */
export function processStack(
  resources: readonly StateResource[],
  { root, environment }: { root: string; environment: string },
): string | undefined {
  if (!resources.some(({ type }) => type.startsWith('railhead:process:'))) return undefined;
  const workloads = listWorkloads(environmentPaths(root, environment).services);
  return workloads.flatMap(({ spec }) => spec.env.RAILWAY_PROJECT_NAME ?? [])[0];
}
