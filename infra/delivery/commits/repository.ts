import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../tools/user-error.ts';
import { exceptOwnFolders } from '../../common/folders.ts';
import { git, tryGit } from './git.ts';

/** The repository of a project. */
export interface Repository {
  /** Absolute path of the project. */
  project: string;
  /** The folder of the project in the repository: `.`, or `apps/shop`. */
  below: string;
}

/** A state of all files of a repository. */
export interface Version {
  /** Empty for files that are not committed. */
  hash: string;
  subject: string;
  /** The git tree with the files. */
  tree: string;
  /** Environment variables that git needs to read it. */
  variables: Record<string, string>;
}

/** Finds the repository that contains a project. Throws UserError. */
export async function openRepository(project: string): Promise<Repository> {
  const { code, stdout, problem } = await tryGit(project, ['rev-parse', '--show-prefix']);
  if (code === 0) return { project, below: stdout.trim().replace(/\/$/, '') || '.' };
  if (code === null) {
    throw new UserError(`Git is needed to compare commits, and it does not start: ${problem}\nInstall git.`);
  }
  if (/not a git repository/.test(problem)) {
    throw new UserError(
      `${project} is not in a git repository, so there are no commits to compare.\nMake one: git init`,
    );
  }
  throw new UserError(`git cannot read the repository of ${project}: ${problem}`);
}

/** Finds a commit. Throws UserError with the command that fetches it. */
export async function findCommit({ project }: Repository, name: string): Promise<Version> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { code, stdout } = await tryGit(project, args);
  if (code !== 0) throw await unknownCommit(project, name);
  const hash = stdout.trim();
  const [tree = '', subject = ''] = (await git(project, ['log', '-1', '--format=%T%n%s', hash])).split('\n');
  return { hash, subject, tree, variables: {} };
}

/**
 * Makes a git tree of the files as they are: those that git tracks or would track, except in `.railhead`. Its objects are written
 * to `folder`, not to the repository.
 */
export async function currentFiles({ project }: Repository, folder: string): Promise<Version> {
  const paths = ['rev-parse', '--path-format=absolute', '--git-path', 'index', '--git-path', 'objects'];
  const [index = '', objects = ''] = (await git(project, paths)).split('\n');
  const own = { index: join(folder, 'index'), objects: join(folder, 'objects') };
  mkdirSync(own.objects);
  // What the index says of unchanged files need not be computed again.
  if (existsSync(index)) copyFileSync(index, own.index);
  const variables = {
    GIT_INDEX_FILE: own.index,
    GIT_OBJECT_DIRECTORY: own.objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
  await git(project, ['add', '--all', '--', ':/', exceptOwnFolders], variables);
  const tree = (await git(project, ['write-tree'], variables)).trim();
  const { code, stdout } = await tryGit(project, ['log', '-1', '--format=%H%n%T%n%s']);
  const [hash = '', committed = '', subject = ''] = stdout.split('\n');
  if (code === 0 && committed === tree) return { hash, subject, tree, variables };
  return { hash: '', subject: 'the working tree', tree, variables };
}

async function unknownCommit(project: string, name: string): Promise<UserError> {
  const shallow = await tryGit(project, ['rev-parse', '--is-shallow-repository']);
  const isShallow = shallow.stdout.trim() === 'true';
  const remotes = (await tryGit(project, ['remote'])).stdout.split('\n').filter(Boolean);
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  const problem = `There is no commit ${JSON.stringify(name)} in this ${isShallow ? 'shallow clone' : 'repository'}.`;
  if (remote === undefined) return new UserError(`${problem}\nList the commits: git log --oneline --all`);
  const depth = isShallow ? '--depth=1 ' : '';
  if (/^[0-9a-f]{40,64}$/.test(name)) {
    return new UserError(`${problem}\nFetch it: git fetch ${depth}${remote} ${name}`);
  }
  const branch = name.startsWith(`${remote}/`) ? name.slice(remote.length + 1) : name;
  if (/^[\w][\w./-]*$/.test(branch) && !/^[0-9a-f]{4,39}$/.test(branch)) {
    const fetched = `${remote}/${branch}`;
    const next = fetched === name ? '' : `\nThen name it ${fetched}.`;
    return new UserError(
      `${problem}\nFetch the branch: git fetch ${depth}${remote} ${branch}:refs/remotes/${fetched}${next}`,
    );
  }
  return new UserError(
    `${problem}\nFetch all commits: git fetch ${isShallow ? '--unshallow ' : ''}${remote}`,
  );
}
