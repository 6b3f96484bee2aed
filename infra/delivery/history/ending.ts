import { releaseType } from '../../targets/shared/generated.ts';
import { readRecord } from '../state/record.ts';
import type { TimedEvent } from '../update/follow.ts';
import type { UpdateSummary } from '../update/summary.ts';
import type { Ending } from './record.ts';

interface Ended {
  started: Date;
  result: Ending['result'];
  summary: UpdateSummary;
  events: readonly TimedEvent[];
}

/** Returns the end of a record. What the engine reported is left out: it has lines of logs, and services can print secrets. */
export function endingOf({ started, result, summary, events }: Ended): Ending {
  const ended = new Date();
  const { changes, unchanged, failed, steps } = summary;
  const fingerprints = fingerprintsIn(events);
  return {
    ended: ended.toISOString(),
    result,
    seconds: (ended.getTime() - started.getTime()) / 1000,
    ...{ changes, unchanged, failed, steps },
    ...(fingerprints && { fingerprints }),
  };
}

/** Returns the fingerprints that the state records. It records them at the end of an update that succeeds. */
function fingerprintsIn(events: readonly TimedEvent[]): Record<string, string> | undefined {
  const done = events.findLast(({ resOutputsEvent: found }) => found?.metadata.type === releaseType);
  return readRecord(done?.resOutputsEvent?.metadata.new?.inputs).snapshot?.fingerprints;
}
