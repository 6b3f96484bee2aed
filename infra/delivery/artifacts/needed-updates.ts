import { outcomeOf } from '../history/outcome.ts';
import type { HistoryRecord } from '../history/record.ts';

/**
 * Returns the updates of an environment whose artifacts are kept: the last `count` that succeeded, those that failed since then, and
 * every one that was interrupted or may still run.
 *
 * An update with `--target` names artifacts that it did not deploy, so the count reaches back to an update of everything.
 *
 * @param records newest first
 */
export function neededUpdates(records: readonly HistoryRecord[], count: number): HistoryRecord[] {
  const updates = records.filter((record) => record.release !== undefined && outcomeOf(record) !== 'refused');
  const succeeded = updates.filter((record) => outcomeOf(record) === 'succeeded');
  const whole = succeeded.findIndex(({ partial }) => partial === undefined);
  const counted = whole === -1 ? succeeded : succeeded.slice(0, Math.max(count, whole + 1));
  const oldest = counted.at(-1)?.number ?? 0;
  return updates.filter((record) => isOpen(record) || record.number >= oldest);
}

/** Returns whether it is not known what an update has deployed. */
function isOpen(record: HistoryRecord): boolean {
  return ['interrupted', 'running', 'open'].includes(outcomeOf(record));
}
