import type { Store } from '../../store/store.ts';
import { readHistory } from '../history/read-history.ts';

/** How many records are read at most. */
const recent = 20;

/** Returns how many seconds the last successful update with changes took; undefined if there was none lately. Throws UserError. */
export async function lastDuration(store: Store, environment: string): Promise<number | undefined> {
  const records = await readHistory(store, environment, recent);
  const last = records.find(
    ({ command, partial, ending }) =>
      command === 'up' && !partial && ending?.result === 'succeeded' && ending.changes.length > 0,
  );
  return last?.ending && Math.round(last.ending.seconds);
}
