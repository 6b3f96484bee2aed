import { balancerArtifact } from '../../artifacts/programs.ts';
import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import type { TargetContext } from '../shared/target.ts';
import { prefixOf } from './planned.ts';
import { types } from './resources.ts';

/**
 * Plans the presence of built images on the daemon, by artifact. None with a registry, and none of a release file: the daemon
 * fetches a missing one.
 *
 * @param references the references of the images by artifact, which exist once an image is built
 */
export function planLocalImages(
  release: Release,
  graph: ServiceGraph,
  references: Record<string, Text>,
  { root, environment, resources }: TargetContext,
): Map<string, PlannedResource> {
  if (graph.images.registry !== undefined) return new Map();
  const entries = Object.entries(release).flatMap(([artifact, { image }]): [string, PlannedResource][] => {
    const reference = references[artifact];
    if (image === undefined || image.isPinned || reference === undefined) return [];
    const service = artifact === balancerArtifact ? undefined : artifact;
    const args = { ...image, reference, root, environment, name: artifact };
    return [[artifact, resources.add(service, types.localImage, `${prefixOf(graph)}-${artifact}`, args)]];
  });
  return new Map(entries);
}
