import { capture } from '../../tools/command.ts';
import { exceptOwnFolders } from '../common/folders.ts';

export interface Commit {
  hash: string;
  /** The first line of its message. */
  subject: string;
  /** Present if files of the project differ from the commit. Files that git ignores and those in `.railhead` do not count. */
  dirty?: true | undefined;
}

/**
 * Returns the commit that is checked out in a folder. Undefined without git, in a folder without commits, and if git does not say in
 * time whether its files are those of the commit.
 */
export async function currentCommit(folder: string): Promise<Commit | undefined> {
  const [log, status] = await Promise.all([
    git(folder, ['-c', 'log.showSignature=false', 'log', '-1', '--no-color', '--format=%H%n%s']),
    // Without the lock, another git command in the folder does not fail.
    git(folder, [
      '--no-optional-locks',
      'status',
      '--porcelain',
      '--untracked-files=normal',
      '--',
      '.',
      exceptOwnFolders,
    ]),
  ]);
  const [hash = '', subject = ''] = log?.split('\n') ?? [];
  if (status === undefined || !/^[0-9a-f]{40,64}$/.test(hash)) return undefined;
  return { hash, subject, ...(status !== '' && { dirty: true }) };
}

/** Returns what git prints; undefined if it fails. */
async function git(folder: string, args: string[]): Promise<string | undefined> {
  const { code, stdout } = await capture('git', args, { cwd: folder, timeout: 5_000 });
  return code === 0 ? stdout : undefined;
}
