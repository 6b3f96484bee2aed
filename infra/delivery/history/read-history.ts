import { UserError } from '../../../tools/user-error.ts';
import type { Store } from '../../store/store.ts';
import { numbersIn, pathOf } from './paths.ts';
import { historyRecordSchema, type HistoryRecord } from './record.ts';

export interface History {
  /** Newest first. */
  records: HistoryRecord[];
  /** One line for each record that cannot be read. */
  problems: string[];
}

/** Returns the last records of an environment. Throws UserError if the store cannot be read. */
export async function readHistory(store: Store, environment: string, count: number): Promise<History> {
  const numbers = (await numbersIn(store, environment)).slice(0, count);
  const history: History = { records: [], problems: [] };
  const reads = await Promise.allSettled(numbers.map((number) => readRecord(store, environment, number)));
  for (const read of reads) {
    if (read.status === 'fulfilled') history.records.push(...(read.value ? [read.value] : []));
    else if (read.reason instanceof UserError) history.problems.push(read.reason.message);
    else throw read.reason;
  }
  return history;
}

/** Returns the last record of an environment that is meant. Throws UserError if a later one cannot be read: it may be meant. */
export async function lastRecord(
  store: Store,
  environment: string,
  isMeant: (record: HistoryRecord) => boolean,
): Promise<HistoryRecord | undefined> {
  for (const number of await numbersIn(store, environment)) {
    const record = await readRecord(store, environment, number);
    if (record !== undefined && isMeant(record)) return record;
  }
  return undefined;
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
    `${store.records.describe(path)} is not a record of this version of Railhead. Update Railhead. If the file is damaged, delete it.`,
  );
}
