import { hostname } from 'node:os';
import { capture } from '../../../tools/command.ts';
import { userName } from '../../common/user-name.ts';
import type { HistoryRecord } from './record.ts';

/** Returns who runs a command: the actor of a workflow, the author of git's config, or the user of this machine. */
export async function whoRuns(
  root: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<HistoryRecord['who']> {
  const actor = env['GITHUB_ACTOR'];
  if (actor) return { name: actor };
  const [name, email] = await Promise.all(['user.name', 'user.email'].map((key) => configured(root, key)));
  return { name: name ?? `${userName(env)}@${hostname()}`, ...(email !== undefined && { email }) };
}

/** Returns a value of git's config; undefined without git, and if nothing is set. */
async function configured(root: string, key: string): Promise<string | undefined> {
  const { code, stdout } = await capture('git', ['config', '--get', key], { cwd: root, timeout: 5_000 });
  const value = stdout.trim();
  return code === 0 && value !== '' ? value : undefined;
}
