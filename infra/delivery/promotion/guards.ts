import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { railheadCommand } from '../../common/commands.ts';
import { stackFilePath, type Environment } from '../../common/environment.ts';
import { releasePath } from '../../releases/load.ts';
import { stackFiles } from '../../stack/extend.ts';
import type { Store } from '../../store/store.ts';
import { tryGit } from '../commits/git.ts';
import { adviseUnlock, describeHolder, findHolder } from '../history/holder.ts';
import { outcomeOf } from '../history/outcome.ts';

type Destination = Pick<Environment, 'name' | 'promotesFrom'>;

/** Reports an order of environments other than the one that `railhead:promotesFrom` declares. */
export function orderProblems(from: string, { name, promotesFrom }: Destination): string[] {
  if (from === name) return [`${name} cannot be promoted to itself.`];
  if (promotesFrom === undefined || promotesFrom === from) return [];
  return [
    `${name} gets releases from ${promotesFrom} only, as railhead:promotesFrom in Pulumi.${name}.yaml says. Next: ${railheadCommand(undefined, 'promote', promotesFrom, name)}`,
  ];
}

/** Reports files of an environment that differ from the last commit: the release file, the settings and the stack files. */
export async function uncommittedProblems(root: string, environment: Environment): Promise<string[]> {
  const stackFile = stackFilePath(environment);
  const stacks = existsSync(stackFile) ? stackFiles(stackFile) : [];
  const files = [
    releasePath(environment.name),
    `Pulumi.${environment.name}.yaml`,
    ...stacks.map((file) => relative(root, resolve(file))),
  ];
  return (await Promise.all(files.map((file) => uncommitted(root, file)))).flat();
}

/** Reports one file with changes that are not committed. */
export async function uncommitted(root: string, file: string): Promise<string[]> {
  const { code, stdout, problem } = await tryGit(root, ['status', '--porcelain', '--', file]);
  if (code !== 0) return [`git cannot say whether ${file} is committed: ${problem}`];
  if (stdout === '') return [];
  const undo = stdout.startsWith('??') ? `rm ${file}` : `git restore --staged --worktree ${file}`;
  return [`${file} has changes that are not committed. Commit them, or undo them: ${undo}`];
}

/** Reports an update of the destination that runs, or may run on another machine. */
export async function heldProblems(store: Store, environment: string): Promise<string[]> {
  const { holder } = await findHolder(store, environment);
  if (holder === undefined) return [];
  const advice =
    outcomeOf(holder) === 'running'
      ? `Wait for its end: ${railheadCommand(environment, 'history')}`
      : adviseUnlock(holder);
  return [`${describeHolder(holder)}. ${advice}`];
}
