import { npmCommand } from '../../common/commands.ts';
import type { PinnedRelease } from '../../releases/load.ts';
import type { Pin, ReleaseFile } from '../../releases/schema.ts';
import type { HistoryRecord } from '../history/record.ts';

/** Where the artifacts of an environment come from. */
export interface Origin {
  /** The commit that an artifact was built from, by service; undefined if it is not known. */
  commits: Record<string, string | undefined>;
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
  const services = Object.keys(pins);
  const byService = (commitOf: (service: string) => string | undefined) =>
    Object.fromEntries(services.map((service) => [service, commitOf(service)]));
  if (pinned === undefined) return { commits: byService(() => commit?.hash), problems: [] };
  const { file, release } = pinned;
  const others = services.filter((service) => !isSame(pins[service], release.artifacts[service]));
  if (others.length === 0)
    return { commits: byService((service) => commitIn(release, service)), problems: [] };
  return {
    commits: {},
    problems: [
      `${file} names other artifacts than #${number} of ${environment} has deployed (${others.join(', ')}). Next: ${npmCommand('up', environment)}`,
    ],
  };
}

/** Returns the commit from which an artifact of a release file was built. */
export function commitIn({ commit, artifacts }: ReleaseFile, service: string): string | undefined {
  return artifacts[service]?.commit ?? commit;
}

function isSame(one: Pin | undefined, other: Pin | undefined): boolean {
  return one?.hash === other?.hash && one?.content === other?.content;
}
