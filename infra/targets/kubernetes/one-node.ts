import type { ServiceGraph } from '../../graph/types.ts';
import type { WithHoles } from '../../plan/resource.ts';
import { mountsOf, sharedVolume, type Mount } from '../../stack/volumes.ts';
import type { input } from './inputs.ts';
import type { Scope } from './scope.ts';

/**
 * Returns the shared volumes that only one node can mount at a time, by their `id`, with the name of a group. Volumes that one
 * service mounts are in one group, since all pods that mount one of them must run on the same node.
 */
export function oneNodeVolumes({
  services,
  volumes,
}: Pick<ServiceGraph, 'services' | 'volumes'>): Map<string, string> {
  const groups = new Map(
    Object.entries(volumes).flatMap(([name, { access }]): [string, string][] =>
      access === 'ReadWriteOnce' ? [[sharedVolume(name), name]] : [],
    ),
  );
  for (const { name, form, config } of services) {
    if (form !== 'code') continue;
    const joined = mountsOf(name, config).flatMap(({ id }) => groups.get(id) ?? []);
    const [first = ''] = joined.toSorted();
    for (const [id, group] of groups) if (joined.includes(group)) groups.set(id, first);
  }
  return groups;
}

/**
 * Returns the label of a pod that mounts such volumes, and the rule that schedules the pod on the node of the other pods with
 * this label. The first pod may run on any node. A group has one label, since the scheduler ignores pods that match only some of
 * several rules.
 */
export function onOneNode(
  { oneNodeVolumes }: Pick<Scope, 'oneNodeVolumes'>,
  mounts: readonly Mount[],
): { labels: Record<string, string>; spec: Pick<WithHoles<input.core.v1.PodSpec>, 'affinity'> } {
  const [group] = mounts.flatMap(({ id }) => oneNodeVolumes?.get(id) ?? []);
  if (group === undefined) return { labels: {}, spec: {} };
  const labels = { [`railhead/volume.${group}`]: 'mounted' };
  const rule = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: labels } };
  return {
    labels,
    spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [rule] } } },
  };
}
