import { pushedDigest } from '../../targets/shared/images.ts';
import type { EngineEvent } from '../state/engine-log.ts';
import type { RecordedRelease } from './record.ts';

/**
 * Returns a release in which each image that the update has pushed, or had pushed before, has its digest in place of its tag. A
 * promotion needs the digest, since a tag can name another image later.
 */
export function withPushedImages(release: RecordedRelease, events: readonly EngineEvent[]): RecordedRelease {
  const digests = new Map<string, string>();
  for (const { resOutputsEvent } of events) {
    const { type = '', new: found } = resOutputsEvent?.metadata ?? {};
    const pushed = found && pushedDigest(type, found.inputs, found.outputs ?? {});
    if (pushed) digests.set(pushed.tag, pushed.digest);
  }
  return Object.fromEntries(
    Object.entries(release).map(([service, artifact]) => {
      const image = digests.get(artifact.image ?? '');
      return [service, image === undefined ? artifact : { ...artifact, image }];
    }),
  );
}
