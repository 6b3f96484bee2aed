import type { NeededArtifact } from '../../artifacts/needed.ts';
import type { Pin } from '../../releases/schema.ts';
import type { HistoryRecord } from '../history/record.ts';
import { pinOf } from '../promotion/artifacts.ts';

/** Returns the artifacts of an update that its stack file needs, and why one of them cannot run again. */
export function pinsOf(
  { environment, number, release = {} }: HistoryRecord,
  needed: readonly NeededArtifact[],
): { pins: Record<string, Pin>; problems: string[] } {
  const pins: Record<string, Pin> = {};
  const problems: string[] = [];
  for (const artifact of needed) {
    const { service } = artifact;
    const pin = pinOf(release[service], artifact);
    if (typeof pin === 'object') pins[service] = pin;
    else if (pin === 'not kept') {
      problems.push(
        `${service}: #${number} of ${environment} kept neither its files nor the digest of its image.`,
      );
    } else problems.push(`${service}: #${number} of ${environment} has no artifact of it.`);
  }
  return { pins, problems };
}

/** Returns the commit of each artifact: the one that was deployed, since a record does not say from which one it was built. */
export function commitsOf(
  { commit }: Pick<HistoryRecord, 'commit'>,
  pins: Readonly<Record<string, Pin>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.keys(pins).map((service) => [service, commit?.hash]));
}
