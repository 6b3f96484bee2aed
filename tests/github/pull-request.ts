import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from '../../tools/command.ts';
import { preparePlace, repository, runAct, type Place } from './act.ts';
import { serveGit } from './git-server.ts';

/** A copy of this clone as the repository of a pull request, and the program that runs its workflows. */
export interface ActRepository {
  /** The folder of the artifacts that runs uploaded. */
  artifacts: string;
  run: (
    workflow: string,
    event: string,
    payload: unknown,
    github?: Place['github'],
  ) => Promise<CommandResult>;
  close: () => Promise<void>;
}

/**
 * Commits this clone as `main`, and `change` as the pull request that is merged into it. The remote is served over HTTP.
 */
export async function openRepository(change: (folder: string) => void): Promise<ActRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-act-'));
  const [clone, artifacts] = [join(folder, 'clone'), join(folder, 'artifacts')];
  preparePlace(folder);
  mkdirSync(artifacts);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@a.test', ...args], {
      cwd: clone,
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=Base');
  git('checkout', '--quiet', '-b', 'head');
  change(clone);
  git('commit', '--quiet', '--all', '--message=Head');
  git('checkout', '--quiet', '--detach', 'main');
  git('merge', '--quiet', '--no-ff', '--message=Merge', 'head');
  const merge = git('rev-parse', 'HEAD').trim();
  const remote = join(folder, 'remote', repository);
  git('clone', '--quiet', '--bare', clone, remote);
  execFileSync('git', ['--git-dir', remote, 'fetch', '--quiet', clone, 'HEAD:refs/pull/7/merge']);
  const server = await serveGit(join(folder, 'remote'));

  const run: ActRepository['run'] = (workflow, event, payload, github) => {
    const isPullRequest = event === 'pull_request';
    // act takes the commit of a run from the folder: the merge of a pull request, or the default branch.
    git('checkout', '--quiet', '--detach', isPullRequest ? merge : 'main');
    const ref = isPullRequest ? 'refs/pull/7/merge' : 'refs/heads/main';
    const env = { RAILHEAD_ARTIFACTS: artifacts };
    return runAct({ folder, server: server.url, github }, { workflow, event, payload, ref, env });
  };
  const close = async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { artifacts, run, close };
}
