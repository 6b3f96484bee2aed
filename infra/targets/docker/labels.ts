import type { ServiceGraph } from '../../graph/types.ts';
import type { Role } from './planned.ts';

/** The label with the service, or `gateway`. */
export const serviceLabel = 'railhead.service';

/** Returns the labels that all containers of a role have in an environment. */
export function roleLabels({ name, environment }: Pick<ServiceGraph, 'name' | 'environment'>, role: Role) {
  return { 'railhead.stack': name, 'railhead.environment': environment, 'railhead.role': role };
}

/** Returns the labels of a service's Docker objects, for filters like `docker ps --filter label=railhead.stack=rota`. */
export function labelsOf(
  { name, environment }: Pick<ServiceGraph, 'name' | 'environment'>,
  service: string,
  role?: Role,
): Record<string, string> {
  return {
    'railhead.stack': name,
    'railhead.environment': environment,
    [serviceLabel]: service,
    ...(role !== undefined && { 'railhead.role': role }),
  };
}

/** The label of networks and volumes with the project that they belong to. */
export const ownerLabel = 'railhead.owner';

export function labelList<Value>(labels: Record<string, Value>): { label: string; value: Value }[] {
  return Object.entries(labels).map(([label, value]) => ({ label, value }));
}
