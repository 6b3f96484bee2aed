import type { ServiceGraph } from '../../graph/types.ts';
import type { Role } from './plan.ts';

/**
 * Returns the labels of a service's Docker objects, for filters like `docker ps --filter label=railhead.stack=rota`.
 */
export function labelsOf(
  { name, environment }: Pick<ServiceGraph, 'name' | 'environment'>,
  service: string,
  role?: Role,
): Record<string, string> {
  return {
    'railhead.stack': name,
    'railhead.environment': environment,
    'railhead.service': service,
    ...(role !== undefined && { 'railhead.role': role }),
  };
}

export function labelList(labels: Record<string, string>): { label: string; value: string }[] {
  return Object.entries(labels).map(([label, value]) => ({ label, value }));
}
