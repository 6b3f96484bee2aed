import { projectRoot } from '../../common/roots.ts';
import { UserError } from '../../../tools/user-error.ts';
import { git, tryGit } from './git.ts';
import { findCommit, openRepository } from './repository.ts';

/**
 * Returns the hash of the last commit that two commits share. The changes of a branch are its difference to that commit, without the
 * later commits of its base. Throws UserError.
 *
 * @param head by default the commit that is checked out
 */
export async function mergeBase(base: string, head = 'HEAD'): Promise<string> {
  const repository = await openRepository(projectRoot());
  const [former, later] = [await findCommit(repository, base), await findCommit(repository, head)];
  const { code, stdout, problem } = await tryGit(repository.project, ['merge-base', former.hash, later.hash]);
  if (code === 0) return stdout.trim();
  if (problem !== '' && code !== 1) throw new UserError(`git merge-base failed: ${problem}`);
  const shallow = await git(repository.project, ['rev-parse', '--is-shallow-repository']);
  throw new UserError(
    shallow.trim() === 'true'
      ? `This shallow clone has no commit that ${base} and ${head} share, so what changes is not known.\nFetch all commits: git fetch --unshallow`
      : `${base} and ${head} share no commit, so what changes is not known.\nName a commit of the same history: git log --oneline --all`,
  );
}
