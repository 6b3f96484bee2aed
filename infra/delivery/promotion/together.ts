import { railheadCommand } from '../../common/commands.ts';
import type { GraphService } from '../../graph/types.ts';
import type { Pin } from '../../releases/schema.ts';
import { outcomeOf } from '../history/outcome.ts';
import type { HistoryRecord, RecordedRelease } from '../history/record.ts';

interface Request {
  /** The services to promote. */
  only: readonly string[];
  /** All services of the source, with their references. */
  services: readonly GraphService[];
  /** The updates of the source, newest first. */
  records: readonly HistoryRecord[];
  /** What the destination runs. */
  current: Readonly<Record<string, Pin>>;
  from: string;
  to: string;
}

/** Two services of which one references the other, and that one update has changed. */
interface Pair {
  service: string;
  other: string;
  number: number;
}

/**
 * Reports services that must be promoted with others. Two services belong together if one references the other and one update of the
 * source has changed the artifacts of both, and the destination has neither of the changes: their code was changed, and has run,
 * together. An update without one of them, or a reference without a common change, says nothing.
 */
export function togetherProblems(request: Request): string[] {
  const { only, from, to } = request;
  const all = [...only];
  const found: Pair[] = [];
  for (const service of all) {
    for (const pair of partnersOf(service, request)) {
      if (all.includes(pair.other)) continue;
      all.push(pair.other);
      found.push(pair);
    }
  }
  const next = railheadCommand(undefined, 'promote', from, to, '--only', all.toSorted().join(','));
  return found.map(
    ({ service, other, number }) =>
      `${service}: #${number} of ${from} has changed it together with ${other}, one references the other, and ${to} has an older ${other}. Promote both: ${next}`,
  );
}

function partnersOf(service: string, { services, records, current }: Request): Pair[] {
  const releases = records.filter(isWhole);
  const found = new Map<string, Pair>();
  for (const [index, { number, release }] of releases.entries()) {
    const before = releases[index + 1]?.release;
    if (before === undefined || isSame(release[service], current[service])) break;
    if (isSame(release[service], before[service])) continue;
    const since = releases.slice(0, index + 1);
    for (const other of Object.keys(release)) {
      if (found.has(other) || !areConnected(service, other, services)) continue;
      const hasIt = since.some((newer) => isSame(newer.release[other], current[other]));
      if (hasIt || isSame(release[other], before[other])) continue;
      found.set(other, { service, other, number });
    }
  }
  return [...found.values()];
}

/** Returns whether a record says what ran: that of a whole update that succeeded. */
function isWhole(record: HistoryRecord): record is HistoryRecord & { release: RecordedRelease } {
  return record.release !== undefined && record.partial === undefined && outcomeOf(record) === 'succeeded';
}

function areConnected(one: string, other: string, services: readonly GraphService[]): boolean {
  const references = (from: string, to: string) =>
    services.some(({ name, dependsOn }) => name === from && dependsOn.includes(to));
  return references(one, other) || references(other, one);
}

type Named = Pick<RecordedRelease[string], 'hash' | 'content'>;

/** An image has no content, and only a release file may name it. */
function isSame(one: Named | undefined, other: Named | undefined): boolean {
  if (one?.hash !== other?.hash) return false;
  return one?.content === undefined || other?.content === undefined || one.content === other.content;
}
