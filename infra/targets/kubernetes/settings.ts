import type { Text } from '../../plan/hole.ts';
import type { KubernetesSettings } from '../../fields/kubernetes.ts';
import { metadata, type Component, type Scope } from './scope.ts';

/** A service of any kind, with the settings that only clusters have. */
export interface WithSettings {
  kubernetes?: KubernetesSettings | undefined;
}

/** Returns the fields of a pod that decide which nodes run it, and which pods it may displace there. */
export function scheduling({ kubernetes = {} }: WithSettings) {
  const { nodeSelector, tolerations, priorityClass } = kubernetes;
  return {
    ...(nodeSelector !== undefined && { nodeSelector }),
    ...(tolerations !== undefined && { tolerations: tolerations.map(withoutAbsent) }),
    ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
  };
}

/** Returns the labels and annotations of pods, or of their workload, with those of the stack file. */
export function marks(
  { kubernetes = {} }: WithSettings,
  labels: Record<string, string>,
  annotations: Record<string, Text> = {},
) {
  const all = { ...kubernetes.annotations, ...annotations };
  return {
    labels: { ...kubernetes.labels, ...labels },
    ...(Object.keys(all).length > 0 && { annotations: all }),
  };
}

/** Returns the metadata of a workload with the labels and annotations of the stack file. */
export function workloadMetadata(
  scope: Scope,
  service: string,
  config: WithSettings,
  {
    component,
    name = service,
    annotations,
  }: { component?: Component; name?: string; annotations?: Record<string, Text> },
) {
  const { labels, ...own } = metadata(scope, service, component, name);
  return { ...own, ...marks(config, labels, annotations) };
}

/** Returns the class of the volume of a service; undefined for the default of the cluster. */
export function storageClassOf(
  { storageClass }: Pick<Scope, 'storageClass'>,
  { kubernetes }: WithSettings,
): string | undefined {
  return kubernetes?.storageClass ?? storageClass;
}

type Toleration = NonNullable<KubernetesSettings['tolerations']>[number];

function withoutAbsent({ key, operator, value, effect, tolerationSeconds }: Toleration) {
  return {
    ...(key !== undefined && { key }),
    ...(operator !== undefined && { operator }),
    ...(value !== undefined && { value }),
    ...(effect !== undefined && { effect }),
    ...(tolerationSeconds !== undefined && { tolerationSeconds }),
  };
}
