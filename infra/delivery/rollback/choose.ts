import { railheadCommand } from '../../common/commands.ts';
import { originalPath } from '../../stack/restored.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';
import { outcomeOf } from '../history/outcome.ts';
import { readHistory } from '../history/read-history.ts';
import type { HistoryRecord } from '../history/record.ts';

/** The update that comes back, and what it replaces. */
export interface Choice {
  target: HistoryRecord;
  /** What may have changed the environment last: the last update that succeeded, and those that ended otherwise after it. Newest first. */
  replaced: HistoryRecord[];
}

/**
 * Chooses the update that a rollback brings back: the one with a number, or else the last whole one that succeeded before what runs.
 * Throws UserError if there is none, and if that of the number cannot come back.
 */
export async function chooseUpdate(
  store: Store,
  environment: string,
  number: number | undefined,
): Promise<Choice> {
  const { records, problems } = await readHistory(store, environment, Infinity);
  const ran = records.filter((record) => record.command === 'up' && outcomeOf(record) !== 'refused');
  const last = ran.findIndex((record) => outcomeOf(record) === 'succeeded');
  const replaced = ran.slice(0, last === -1 ? undefined : last + 1);
  const target =
    number === undefined ? formerUpdate(ran) : records.find((record) => record.number === number);
  const history = railheadCommand(environment, 'history');
  if (target !== undefined) {
    const why = whyNot(target);
    if (why === undefined) return { target, replaced };
    throw new UserError(`${environment} cannot be rolled back to #${target.number}: ${why}. See: ${history}`);
  }
  const what =
    number === undefined
      ? `${environment} has no earlier update that succeeded as a whole with another release`
      : `${environment} has no update #${number}`;
  throw new UserError([`${what} in ${store.describe()}. See: ${history}`, ...problems].join('\n'));
}

/** @param ran updates, newest first */
function formerUpdate(ran: readonly HistoryRecord[]): HistoryRecord | undefined {
  const [newest] = ran;
  if (newest === undefined) return undefined;
  const succeeded = outcomeOf(newest) === 'succeeded';
  const before = succeeded ? sourceOf(newest, ran) : newest;
  return ran.find(
    (record) =>
      record.number < before.number &&
      isWhole(record) &&
      !(succeeded && releaseOf(record) === releaseOf(newest)),
  );
}

/** Returns the update that a rollback has brought back, so that the next rollback goes further back. */
function sourceOf(record: HistoryRecord, ran: readonly HistoryRecord[]): HistoryRecord {
  const { rollback } = record;
  if (rollback === undefined || rollback.failed !== undefined) return record;
  const source = ran.find(({ number }) => number === rollback.to);
  return source === undefined ? record : sourceOf(source, ran);
}

/** Returns what an update has deployed: its artifacts and stack files. */
function releaseOf({ release = {}, declared }: HistoryRecord): string {
  const names = Object.keys(release).toSorted();
  const artifacts = names.map((name) => [name, release[name]?.hash, release[name]?.content]);
  const files = Object.entries(declared?.files ?? {}).map(([path, text]) => [originalPath(path), text]);
  return JSON.stringify([artifacts, files.toSorted()]);
}

/** Returns whether an update has deployed a whole release that can come back. */
export function isWhole(record: HistoryRecord): boolean {
  return whyNot(record) === undefined;
}

/** Returns why an update cannot come back. */
function whyNot(record: HistoryRecord): string | undefined {
  const outcome = outcomeOf(record);
  if (record.command === 'down') return 'it is a `down`, which has no release';
  if (outcome !== 'succeeded') return reasons[outcome];
  if (record.partial) return 'it was limited to some resources';
  if (record.release === undefined || record.declared === undefined)
    return 'its record has no artifacts or no stack file';
  return undefined;
}

const reasons = {
  failed: 'it failed',
  interrupted: 'it was interrupted',
  refused: 'it was refused',
  running: 'it still runs',
  open: 'it runs on another machine, or was interrupted there',
} as const;
