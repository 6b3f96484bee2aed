import type { ServiceGraph } from '../../graph/types.ts';
import type { Role } from './planned.ts';

/** The label with the service, or `gateway`. */
export const serviceLabel = 'railhead.service';

type Environment = Pick<ServiceGraph, 'name' | 'environment'>;

/** Returns the labels that all Docker objects of an environment have. */
export function environmentLabels({ name, environment }: Environment) {
  return { 'railhead.stack': name, 'railhead.environment': environment };
}

/** Returns the labels that all containers of a role have in an environment. */
export function roleLabels(graph: Environment, role: Role) {
  return { ...environmentLabels(graph), 'railhead.role': role };
}

/** Returns the labels of a service's Docker objects, for filters like `docker ps --filter label=railhead.stack=rota`. */
export function labelsOf(graph: Environment, service: string, role?: Role): Record<string, string> {
  return {
    ...environmentLabels(graph),
    [serviceLabel]: service,
    ...(role !== undefined && { 'railhead.role': role }),
  };
}

/** The label of networks and volumes with the project that they belong to. */
export const ownerLabel = 'railhead.owner';

export function labelList<Value>(labels: Record<string, Value>): { label: string; value: Value }[] {
  return Object.entries(labels).map(([label, value]) => ({ label, value }));
}
