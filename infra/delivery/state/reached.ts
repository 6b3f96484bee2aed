import { artifactName } from '../../artifacts/name.ts';
import type { ArtifactSnapshot, Snapshot } from '../../changes/snapshot.ts';
import { componentOf } from '../../targets/shared/data.ts';
import type { EventMetadata } from './engine-log.ts';

/**
 * Returns the services that an update has reached without a record: it failed later, or was limited with `--target`. The state then
 * has another artifact in a resource of the service than the record of the last update.
 *
 * @param resources every resource of a preview, with its inputs on both sides
 */
export function reachedWithoutRecord(
  before: Snapshot | undefined,
  after: Snapshot,
  resources: readonly EventMetadata[],
): string[] {
  const own = Map.groupBy(resources, (resource) => componentOf(resource.new?.parent ?? ''));
  return Object.entries(after.services).flatMap(([service, { artifact: planned }]) => {
    const recorded = before?.services[service]?.artifact;
    if (recorded === undefined || planned === undefined) return [];
    // A record of an older version has no images.
    const hasImages = recorded.image !== undefined;
    const isOther = ({ old, new: next }: EventMetadata) =>
      !!old && names(next, planned, hasImages) && !names(old, recorded, hasImages);
    return own.get(service)?.some(isOther) ? [service] : [];
  });
}

/** Whether the inputs of a resource name an artifact: a process by its folder, a container or an image by the image. */
function names(side: EventMetadata['old'], artifact: ArtifactSnapshot, withImage: boolean): boolean {
  const { image } = artifact;
  const inputs = JSON.stringify(side?.inputs ?? {});
  return (
    inputs.includes(artifactName(artifact)) || (withImage && image !== undefined && inputs.includes(image))
  );
}
