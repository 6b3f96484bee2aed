import { npmCommand, railheadCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import type { Store } from '../../store/store.ts';
import { UserError } from '../../../tools/user-error.ts';
import type { ReleaseFile } from '../../releases/schema.ts';
import { tryGit } from '../commits/git.ts';
import { outcomeOf } from '../history/outcome.ts';
import { readHistory } from '../history/read-history.ts';
import type { HistoryRecord } from '../history/record.ts';
import { whyOlder, type Dated } from './age.ts';

type Destination = Pick<Environment, 'name' | 'promotesFrom'>;

/** Reports an order of environments other than the one that `railhead:promotesFrom` declares. */
export function orderProblems(from: string, { name, promotesFrom }: Destination): string[] {
  if (from === name) return [`${name} cannot be promoted to itself.`];
  if (promotesFrom === undefined || promotesFrom === from) return [];
  return [
    `${name} gets releases from ${promotesFrom} only, as railhead:promotesFrom in Pulumi.${name}.yaml says. Next: ${railheadCommand(undefined, 'promote', promotesFrom, name)}`,
  ];
}

/** Reports a file with changes that would be lost. */
export async function uncommittedProblems(root: string, file: string): Promise<string[]> {
  const { code, stdout, problem } = await tryGit(root, ['status', '--porcelain', '--', file]);
  if (code !== 0) return [`git cannot say whether ${file} is committed: ${problem}`];
  if (stdout === '') return [];
  const undo = stdout.startsWith('??') ? `rm ${file}` : `git restore --staged --worktree ${file}`;
  return [`${file} has changes that are not committed. Commit them, or undo them: ${undo}`];
}

/** Reports that a release is older than what the other environment runs. */
export async function ageProblems(
  root: string,
  { record, commit }: { record: HistoryRecord; commit: string | undefined },
  current: Dated | undefined,
  to: string,
): Promise<string[]> {
  const { environment, number, ending, started } = record;
  if (current === undefined) return [];
  const next = { commit, time: ending?.ended ?? started };
  const why = await whyOlder(root, next, current);
  if (why === undefined) return [];
  const anyway = railheadCommand(undefined, 'promote', environment, to, '--allow-downgrade');
  return [
    `#${number} of ${environment} is older than the release of ${to}: ${why}. Deploy a newer one: ${npmCommand('up', environment)}. Or allow it: ${anyway}`,
  ];
}

/** Returns the age of what an environment runs: of its release file, or else of its last update. Undefined if it runs nothing. Throws UserError. */
export async function currentAge(
  release: ReleaseFile | undefined,
  store: Store,
  environment: string,
): Promise<Dated | undefined> {
  if (release !== undefined) return { commit: release.commit, time: release.time };
  const { records, problems } = await readHistory(store, environment, 1);
  if (problems.length > 0) throw new UserError(problems.join('\n'));
  const [last] = records;
  if (last === undefined || last.command === 'down' || outcomeOf(last) !== 'succeeded') return undefined;
  return { commit: last.commit?.hash, time: last.ending?.ended ?? last.started };
}
