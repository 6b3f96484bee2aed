import { UserError } from '../../../tools/user-error.ts';
import type { Store } from '../../store/store.ts';
import { readHistory, type History } from '../history/read-history.ts';

/** How many records are read at most. */
const recent = 20;

/** Returns how many seconds the last successful update with changes took; undefined if no record of such an update can be read. */
export async function lastDuration(store: Store, environment: string): Promise<number | undefined> {
  const { records } = await readHistory(store, environment, recent).catch(none);
  const last = records.find(
    ({ command, partial, ending }) =>
      command === 'up' && !partial && ending?.result === 'succeeded' && ending.changes.length > 0,
  );
  return last?.ending && Math.round(last.ending.seconds);
}

/** A preview does not fail because of an estimate. */
function none(error: unknown): Pick<History, 'records'> {
  if (error instanceof UserError) return { records: [] };
  throw error;
}
