import { UserError } from '../../../tools/user-error.ts';
import type { Store } from '../../store/store.ts';
import { numbersIn, pathOf } from './paths.ts';
import { historyRecordSchema, type HistoryRecord } from './record.ts';

/** Returns the last records of an environment, newest first. Throws UserError. */
export async function readHistory(
  store: Store,
  environment: string,
  count: number,
): Promise<HistoryRecord[]> {
  const numbers = (await numbersIn(store, environment)).slice(0, count);
  const records = await Promise.all(numbers.map((number) => readRecord(store, environment, number)));
  return records.filter((record) => record !== undefined);
}

/** Returns one record; undefined if there is none with this number. Throws UserError if it is not one that this version reads. */
export async function readRecord(
  store: Store,
  environment: string,
  number: number,
): Promise<HistoryRecord | undefined> {
  const path = pathOf(environment, number);
  const found = await store.records.read(path);
  if (found === undefined) return undefined;
  const record = historyRecordSchema.safeParse(found);
  if (record.success) return record.data;
  throw new UserError(
    `${path} in ${store.describe()} is damaged, or a newer version of Railhead wrote it. Update Railhead, or remove this record.`,
  );
}
