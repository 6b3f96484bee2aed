import { capture } from '../../tools/command.ts';

export interface Commit {
  hash: string;
  /** The first line of its message. */
  subject: string;
}

/** Returns the commit that is checked out in a folder. Undefined without git, and in a folder without commits. */
export async function currentCommit(folder: string): Promise<Commit | undefined> {
  const args = ['-c', 'log.showSignature=false', 'log', '-1', '--no-color', '--format=%H%n%s'];
  const { code, stdout } = await capture('git', args, { cwd: folder, timeout: 5_000 });
  const [hash = '', subject = ''] = stdout.split('\n');
  return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? { hash, subject } : undefined;
}
