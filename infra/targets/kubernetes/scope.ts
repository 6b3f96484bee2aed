import type { Text } from '../../plan/hole.ts';
import type { PlannedOptions, PlannedResource } from '../../plan/planned.ts';
import type { ResourceList } from '../../plan/resource.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { ProvidedValues } from '../shared/service-values.ts';

/** The values that all resources of an environment share. */
export interface Scope {
  /** Absolute path of the project. */
  root: string;
  stack: string;
  environment: string;
  /** The name of the namespace. Resources that use it are created after the namespace and deleted before it. */
  namespace: Text;
  images: ServiceGraph['images'];
  /** The class of new volumes, unless the service names another one. Absent: the default of the cluster. */
  storageClass?: string | undefined;
  /** The shared volumes that only one node can mount at a time, by their `id`, with the name of their group. */
  oneNodeVolumes?: ReadonlyMap<string, string>;
  /** The pull secrets of every pod. */
  pullSecrets: { name: Text }[];
}

/** A scope with the list that the resources are added to. */
export interface PlanScope extends Scope {
  resources: ResourceList;
}

/** The purpose of a pod. Services select pods of `service` only; network policies select all pods of a name. */
export type Component = 'service' | 'predeploy' | 'once' | 'cron' | 'backup' | 'analysis';

/** Returns the labels of a service's resources. `service` can also be `gateway`. */
export function labels(
  { stack }: Pick<Scope, 'stack'>,
  service: string,
  component: Component = 'service',
): Record<string, string> {
  return {
    ...podsOf({ stack }, service),
    'app.kubernetes.io/component': component,
    'app.kubernetes.io/managed-by': 'railhead',
  };
}

/** Returns the labels that all pods of a service share, and that network policies select. */
export function podsOf({ stack }: Pick<Scope, 'stack'>, service: string): Record<string, string> {
  return { 'app.kubernetes.io/name': service, 'app.kubernetes.io/part-of': stack };
}

/** Returns the labels of serving pods, which a Deployment and a Service select. */
export function servingPodsOf(scope: Pick<Scope, 'stack'>, service: string): Record<string, string> {
  return { ...podsOf(scope, service), 'app.kubernetes.io/component': 'service' };
}

/** Returns the metadata of a resource. Its default name is the service's name. */
export function metadata(scope: Scope, service: string, component: Component = 'service', name = service) {
  return { name, namespace: scope.namespace, labels: labels(scope, service, component) };
}

/** Returns the namespace of an environment, for example `rota-staging`. */
export function namespaceName({ name, environment }: Pick<ServiceGraph, 'name' | 'environment'>): string {
  return `${name}-${environment}`;
}

/** Returns the host name of a service, which pods of all namespaces can resolve. */
export function hostOf(graph: Pick<ServiceGraph, 'name' | 'environment'>, service: string): string {
  return `${service}.${namespaceName(graph)}.svc`;
}

/**
 * The policy of every StatefulSet. One pod needs no order. With an order, Kubernetes never replaces a pod that does not
 * get ready, so a bad version could not be reverted without deleting its pod.
 */
export const podManagementPolicy = 'Parallel';

/** The options of data and their passwords: `down` keeps protected resources, and `down --data` removes the protection. */
export const dataOptions: PlannedOptions = { protect: true };

/** Returns the part of a pod's spec that lets it pull private images. */
export function pulling({ pullSecrets }: Pick<Scope, 'pullSecrets'>) {
  return pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets };
}

/** A planned data server. */
export interface DataServer {
  /** This resource is created when the server is ready. */
  resource: PlannedResource;
  provided: ProvidedValues;
}
