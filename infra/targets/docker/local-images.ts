import type { Release } from '../../artifacts/types.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import type { Text } from '../../plan/hole.ts';
import type { PlannedResource } from '../../plan/planned.ts';
import { imagesOf } from '../shared/images.ts';
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
  const entries = imagesOf(release).flatMap(({ image, artifacts, service }): [string, PlannedResource][] => {
    const [first] = artifacts;
    const reference = references[first];
    if (image.isPinned || reference === undefined) return [];
    const args = { ...image, reference, root, environment, name: first };
    const present = resources.add(service, types.localImage, `${prefixOf(graph)}-${first}`, args);
    return artifacts.map((artifact) => [artifact, present]);
  });
  return new Map(entries);
}
