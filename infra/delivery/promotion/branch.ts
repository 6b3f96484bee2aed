import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandResult } from '../../../tools/command.ts';
import { git, tryGit } from '../commits/git.ts';
import { withOwnedFolder } from '../owned-folder.ts';

/** A commit of one file on a new branch. */
export interface FileCommit {
  branch: string;
  /** Path relative to the project. */
  file: string;
  text: string;
  message: string;
}

/** Returns why a commit on a new branch cannot be made. */
export async function branchProblems(root: string, branch: string): Promise<string[]> {
  const head = await tryGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code === null) return [`git does not run, and --pr needs it: ${head.problem}`];
  if (head.code !== 0) return ['--pr needs a git repository with a commit, to which its branch adds one.'];
  const [existing, identity] = await Promise.all([
    tryGit(root, ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]),
    tryGit(root, ['var', 'GIT_COMMITTER_IDENT']),
  ]);
  return [
    ...(existing.code === 0
      ? [`The branch ${branch} exists already. Push it, or delete it: git branch -D ${branch}`]
      : []),
    ...(identity.code === 0
      ? []
      : ['git does not know who commits. Set both: git config user.name …, git config user.email …']),
  ];
}

/**
 * Commits a file on a new branch from the commit that is checked out. The index and the files of the user stay as they are: git works
 * on an index of its own. Throws UserError.
 */
export function commitFile(root: string, { branch, file, text, message }: FileCommit): Promise<void> {
  return withOwnedFolder('railhead-branch-', async (folder) => {
    const [content, about] = [join(folder, 'content'), join(folder, 'message')];
    writeFileSync(content, text);
    writeFileSync(about, message);
    const own = async (...args: string[]) =>
      (await git(root, args, { GIT_INDEX_FILE: join(folder, 'index') })).trim();
    const below = await own('rev-parse', '--show-prefix');
    const blob = await own('hash-object', '-w', '--no-filters', content);
    await own('read-tree', 'HEAD');
    await own('update-index', '--add', '--cacheinfo', `100644,${blob},${below}${file}`);
    const commit = await own('commit-tree', await own('write-tree'), '-p', 'HEAD', '-F', about);
    // An empty old value: the branch must not exist.
    await own('update-ref', `refs/heads/${branch}`, commit, '');
  });
}

/**
 * Pushes a branch to a repository of a server, as the user of a token. Never forces it. The result says whether git failed.
 *
 * @param to the origin of the server, `https://github.com`, and `owner/name`
 */
export function pushBranch(
  root: string,
  branch: string,
  to: { server: string; repository: string; token: string },
): Promise<CommandResult> {
  const basic = Buffer.from(`x-access-token:${to.token}`).toString('base64');
  // Git reads settings from these variables. Arguments of a process are visible to others.
  const variables = {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${to.server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
  const ref = `refs/heads/${branch}`;
  return tryGit(root, ['push', '--quiet', `${to.server}/${to.repository}`, `${ref}:${ref}`], variables);
}

/** Returns the remote to push to: `origin`, or else the first one. */
export async function remoteOf(root: string): Promise<string> {
  const { stdout } = await tryGit(root, ['remote']);
  const names = stdout.split('\n').filter((name) => name !== '');
  return names.includes('origin') ? 'origin' : (names[0] ?? 'origin');
}
