import { npmCommand } from '../../common/commands.ts';
import type { PinnedRelease } from '../../releases/load.ts';
import type { Pin } from '../../releases/schema.ts';
import type { HistoryRecord } from '../history/record.ts';

/** Where the artifacts of an environment come from. */
export interface Origin {
  /** The commit that they were built from, if that is known. */
  commit: string | undefined;
  problems: string[];
}

/**
 * Returns the origin of the artifacts that an update has deployed: its own commit, or that of the release file from which the update
 * took them.
 */
export function originOf(
  { environment, number, commit }: HistoryRecord,
  pins: Readonly<Record<string, Pin>>,
  pinned: PinnedRelease | undefined,
): Origin {
  if (pinned === undefined) return { commit: commit?.hash, problems: [] };
  const { file, release } = pinned;
  const others = Object.keys(pins).filter((service) => !isSame(pins[service], release.artifacts[service]));
  if (others.length === 0) return { commit: release.commit, problems: [] };
  return {
    commit: undefined,
    problems: [
      `${file} names other artifacts than #${number} of ${environment} has deployed (${others.join(', ')}). Next: ${npmCommand('up', environment)}`,
    ],
  };
}

function isSame(one: Pin | undefined, other: Pin | undefined): boolean {
  return one?.hash === other?.hash && one?.content === other?.content;
}
