import { hostname } from 'node:os';
import { railheadCommand } from '../../common/commands.ts';
import type { Store } from '../../store/store.ts';
import { Busy } from '../turn.ts';
import { requireFree, type Waiting } from './holder.ts';
import { openRecord, type Draft, type OpenRecord } from './open-record.ts';
import { numbersIn, pathOf } from './paths.ts';
import { readRecord } from './read-history.ts';
import type { Ending, HistoryRecord } from './record.ts';
import { whoRuns } from './who.ts';

/** What was known of the history when a command began. */
interface Seen {
  /** The number of the last record; 0 if there was none. */
  seen?: number | undefined;
}

/** Returns the number of the last record of an environment; 0 if there is none. Throws Busy while another update runs. */
export async function lastNumber(store: Store, environment: string, command: Waiting): Promise<number> {
  await requireFree(store, environment, command);
  const [last = 0] = await numbersIn(store, environment);
  return last;
}

/**
 * Throws Busy if another update of an environment runs, or has run since the record with a number. A command calls this directly
 * before it changes files: its plan, or the answer to its question, is about the environment as it was.
 */
export async function requireUnchanged(
  store: Store,
  environment: string,
  { command, seen }: { command: Waiting; seen: number },
): Promise<void> {
  const last = await lastNumber(store, environment, command);
  await requireNothingSince(store, environment, [seen, last + 1]);
}

/**
 * Creates the next record of an environment, which holds the environment until it is closed. Of two commands that do so at once, the
 * one with the smaller number goes on. Closes the records of updates that were killed on this machine. Throws Busy, with no other
 * trace than a refused record, if another update runs, or has run since `seen`.
 */
export async function openAlone(
  store: Store,
  root: string,
  { seen, ...draft }: Draft & Seen,
): Promise<OpenRecord> {
  const { environment, command } = draft;
  await requireFree(store, environment, command);
  const record = await openRecord(store, root, draft);
  try {
    const { dead } = await requireFree(store, environment, command, record.number);
    if (seen !== undefined) await requireNothingSince(store, environment, [seen, record.number]);
    for (const each of dead) await closeInterrupted(store, root, each);
  } catch (error) {
    await record.add({ ending: emptyEnding(record.started, 'refused') });
    throw error;
  }
  return record;
}

/** Closes the record of an update that was killed. The caller knows that it was. */
export async function closeInterrupted(store: Store, root: string, record: HistoryRecord): Promise<void> {
  const { name } = await whoRuns(root);
  const ending: Ending = {
    ...emptyEnding(new Date(record.started), 'interrupted'),
    closedBy: { name, host: hostname() },
  };
  await store.records.replace(pathOf(record.environment, record.number), { ...record, ending });
}

function emptyEnding(started: Date, result: Ending['result']): Ending {
  const ended = new Date();
  const seconds = (ended.getTime() - started.getTime()) / 1000;
  return { ended: ended.toISOString(), result, seconds, changes: [], unchanged: [], failed: [], steps: [] };
}

/** Throws Busy if an update has begun and ended between two numbers: what this command has read may be older. */
async function requireNothingSince(
  store: Store,
  environment: string,
  [seen, own]: readonly [number, number],
): Promise<void> {
  for (let number = seen + 1; number < own; number++) {
    const record = await readRecord(store, environment, number);
    if (record === undefined || record.ending?.result === 'refused') continue;
    throw new Busy(
      `#${number} of ${environment} by ${record.who.name} has run since this command has read the files, so nothing was changed.\n` +
        `See what it did: ${railheadCommand(environment, 'history', String(number))}`,
    );
  }
}
