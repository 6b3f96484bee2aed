import { UserError } from '../../../tools/user-error.ts';
import { railheadCommand } from '../../common/commands.ts';
import { packageVersion } from '../../common/roots.ts';
import { currentCommit } from '../../program/commit.ts';
import type { Store } from '../../store/store.ts';
import { ownWriter } from './writer.ts';
import { numbersIn, pathOf } from './paths.ts';
import { readRecord } from './read-history.ts';
import type { HistoryRecord } from './record.ts';
import { whoRuns } from './who.ts';

/** What the caller knows at the beginning of an update. */
export type Draft = Pick<
  HistoryRecord,
  'environment' | 'command' | 'plan' | 'partial' | 'data' | 'rollback' | 'declared'
> & {
  /** When the command began; by default, when its record is created. */
  started?: Date;
};

/** The record of a command that runs. A killed command leaves it as it was last written. */
export interface OpenRecord {
  readonly number: number;
  readonly started: Date;
  /** Returns the record as it was last written. */
  current(): HistoryRecord;
  /** Replaces the record by one with more fields. Throws UserError if it was closed by `railhead unlock` meanwhile. */
  add(fields: Pick<HistoryRecord, 'release' | 'declared' | 'ending'>): Promise<void>;
}

/**
 * Creates the next record of an environment. Two commands that do so at once get different numbers. Throws UserError if the store
 * cannot be written.
 *
 * @param root absolute path of the project
 */
export async function openRecord(
  store: Store,
  root: string,
  { started = new Date(), ...draft }: Draft,
): Promise<OpenRecord> {
  const commit = await currentCommit(root);
  const rest = {
    who: await whoRuns(root),
    writer: ownWriter(),
    started: started.toISOString(),
    railhead: packageVersion(),
    ...(commit && { commit }),
    ...draft,
  };
  let record = await create(store, draft.environment, rest);
  const { number } = record;
  const add: OpenRecord['add'] = async (fields) => {
    requireOpen(await readRecord(store, draft.environment, number));
    record = { ...record, ...fields };
    await store.records.replace(pathOf(draft.environment, number), record);
  };
  return { number, started, add, current: () => record };
}

/** Throws UserError if a record was closed: another update may run since then. */
function requireOpen(record: HistoryRecord | undefined): void {
  if (record?.ending === undefined) return;
  const { number, environment, ending } = record;
  throw new UserError(
    `#${number} of ${environment} was closed by ${ending.closedBy?.name ?? 'another process'} while it ran. See what runs: ${railheadCommand(environment, 'history')}`,
  );
}

/** Creates a record with the first number that no other has. */
async function create(
  store: Store,
  environment: string,
  rest: Omit<HistoryRecord, 'version' | 'number'>,
): Promise<HistoryRecord> {
  try {
    const [last = 0] = await numbersIn(store, environment);
    for (let number = last + 1; ; number++) {
      const record: HistoryRecord = { version: 1, number, ...rest };
      if (await store.records.create(pathOf(environment, number), record)) return record;
    }
  } catch (error) {
    throw new UserError(
      `The history cannot be written to ${store.describe()}, so nothing was changed: ${(error as Error).message}`,
    );
  }
}
