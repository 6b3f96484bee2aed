import { npmCommand, railheadCommand } from '../../common/commands.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';
import { outcomeOf } from '../history/outcome.ts';
import { lastRecord, readHistory } from '../history/read-history.ts';
import type { HistoryRecord } from '../history/record.ts';

/** The updates of an environment without those that were refused, and why what it runs cannot be promoted. */
export interface Source {
  /** Newest first: the first one says what runs. */
  records: HistoryRecord[];
  problems: string[];
}

/**
 * Reads the history of an environment: only the record of a whole update that succeeded says what runs. An update that was refused has
 * changed nothing. Throws UserError.
 */
export async function readPromoted(store: Store, environment: string): Promise<Source> {
  const hasRun = (record: HistoryRecord) => outcomeOf(record) !== 'refused';
  try {
    const record = await lastRecord(store, environment, hasRun);
    const { records: all } = await readHistory(store, environment, Infinity);
    const records = all.filter(hasRun);
    if (record !== undefined) return { records, problems: [...wrongEnd(record), ...wrongCommit(record)] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { records: [], problems: [error.message] };
  }
  const problem = `${environment} has no update in ${store.describe()}.`;
  return { records: [], problems: [`${problem} Next: ${npmCommand('up', environment)}`] };
}

function wrongEnd(record: HistoryRecord): string[] {
  const { number, environment } = record;
  const up = npmCommand('up', environment);
  const outcome = outcomeOf(record);
  const update = `#${number} of ${environment}, the last update,`;
  if (outcome === 'running' || outcome === 'open') {
    const seen = railheadCommand(environment, 'history');
    return [`${update} has not ended. Wait for its end: ${seen}. If it was killed: ${up}`];
  }
  if (outcome !== 'succeeded') {
    return [`${update} ${outcome === 'failed' ? 'failed' : 'was interrupted'}. Next: ${up}`];
  }
  if (record.command === 'down')
    return [`#${number} stopped ${environment}, so nothing runs there. Next: ${up}`];
  if (record.partial) return [`${update} was limited to some resources. Next, without a limit: ${up}`];
  return [];
}

/** Only files of a commit can be found again, and the promotion names them by it. */
function wrongCommit({ command, commit, number, environment }: HistoryRecord): string[] {
  if (command === 'down') return [];
  const next = `Commit them, then deploy them: ${npmCommand('up', environment)}`;
  if (commit === undefined)
    return [`#${number} of ${environment} was deployed from files without a commit. ${next}`];
  if (commit.dirty)
    return [`#${number} of ${environment} was deployed with files that were not committed. ${next}`];
  return [];
}
