import type { Input, Resource } from '@pulumi/pulumi';
import type { CustomResourceOptions } from '@pulumi/pulumi/resource.js';
import type { ServiceGraph } from '../../graph/types.ts';
import type { ProvidedValues } from '../provided.ts';

/** What all resources of an environment have in common. */
export interface Scope {
  /** Absolute path of the clone. */
  root: string;
  stack: string;
  environment: string;
  /** Name of the namespace; whatever uses it is made after the namespace, and ends before it. */
  namespace: Input<string>;
  images: ServiceGraph['images'];
  /** What every pod names to pull its image with. */
  pullSecrets: { name: Input<string> }[];
}

/** What a pod is there for. A Service takes pods of `service` alone; network policies take all pods of a name. */
export type Component = 'service' | 'predeploy' | 'cron' | 'backup';

/** Labels of every resource of a service; `service` may also be `gateway`. */
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

/** Labels that all pods of a service have, whatever they do: what network policies select. */
export function podsOf({ stack }: Pick<Scope, 'stack'>, service: string): Record<string, string> {
  return { 'app.kubernetes.io/name': service, 'app.kubernetes.io/part-of': stack };
}

/** Labels of the pods that serve: what a Deployment and a Service select. */
export function servingPodsOf(scope: Pick<Scope, 'stack'>, service: string): Record<string, string> {
  return { ...podsOf(scope, service), 'app.kubernetes.io/component': 'service' };
}

/** Metadata of a resource; its name is the service's where none is given. */
export function metadata(scope: Scope, service: string, component: Component = 'service', name = service) {
  return { name, namespace: scope.namespace, labels: labels(scope, service, component) };
}

/** The namespace of an environment, `rota-staging`. */
export function namespaceName({ name, environment }: Pick<ServiceGraph, 'name' | 'environment'>): string {
  return `${name}-${environment}`;
}

/** Host name by which pods of all namespaces find a service. */
export function hostOf(graph: Pick<ServiceGraph, 'name' | 'environment'>, service: string): string {
  return `${service}.${namespaceName(graph)}.svc`;
}

/**
 * Of every StatefulSet here. One pod needs no order. With an order, Kubernetes never replaces a pod that does not get ready, so
 * that nobody could take a bad version back without deleting its pod.
 */
export const podManagementPolicy = 'Parallel';

/** Of data and what opens them: `down` keeps them, and `down --data` takes the protection away. */
export const dataOptions: CustomResourceOptions = { protect: true };

/** The part of a pod that lets it have a private image. */
export function pulling({ pullSecrets }: Pick<Scope, 'pullSecrets'>) {
  return pullSecrets.length === 0 ? {} : { imagePullSecrets: pullSecrets };
}

/** What `deployPostgres` and `deployRedis` return. */
export interface DataServer {
  /** Made once the server is ready. */
  resource: Resource;
  provided: ProvidedValues;
}
