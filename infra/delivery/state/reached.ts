import { artifactName } from '../../artifacts/name.ts';
import type { Snapshot } from '../../changes/snapshot.ts';
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
    // On every target, the resources that run an artifact have its name in their inputs.
    const isOther = ({ old, new: next }: EventMetadata) =>
      !!old && contains(next, artifactName(planned)) && !contains(old, artifactName(recorded));
    return own.get(service)?.some(isOther) ? [service] : [];
  });
}

function contains(side: EventMetadata['old'], text: string): boolean {
  return JSON.stringify(side?.inputs ?? {}).includes(text);
}
