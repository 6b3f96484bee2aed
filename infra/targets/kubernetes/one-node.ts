import type { WithHoles } from '../../plan/resource.ts';
import type { Mount } from '../../stack/volumes.ts';
import type { input } from './inputs.ts';
import type { Scope } from './scope.ts';

/**
 * Returns the labels of a pod that mounts volumes which only one node can mount at a time, and the rule that puts the pod on the node of
 * the other pods with these labels. The first pod may run on any node.
 */
export function onOneNode(
  { oneNodeVolumes }: Pick<Scope, 'oneNodeVolumes'>,
  mounts: readonly Mount[],
): { labels: Record<string, string>; spec: Pick<WithHoles<input.core.v1.PodSpec>, 'affinity'> } {
  const keys = mounts
    .filter(({ id }) => oneNodeVolumes?.has(id))
    .map(({ name }) => `railhead/volume.${name}`);
  if (keys.length === 0) return { labels: {}, spec: {} };
  const requiredDuringSchedulingIgnoredDuringExecution = keys.map((key) => ({
    topologyKey: 'kubernetes.io/hostname',
    labelSelector: { matchLabels: { [key]: 'mounted' } },
  }));
  return {
    labels: Object.fromEntries(keys.map((key) => [key, 'mounted'])),
    spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution } } },
  };
}
