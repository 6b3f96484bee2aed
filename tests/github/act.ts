import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';
import type { GitHubAccess } from '../../infra/github/client.ts';
import { capture, type CommandResult } from '../../tools/command.ts';
import { serveGit } from './git-server.ts';

/** A copy of this clone as the repository of a pull request, and the program that runs its workflows. */
export interface ActRepository {
  /** The folder of the artifacts that runs uploaded. */
  artifacts: string;
  run: (workflow: string, event: string, payload: unknown, github?: GitHubAccess) => Promise<CommandResult>;
  close: () => Promise<void>;
}

const repository = 'acme/shop';
const minute = 60_000;

/** Returns why act cannot run here; undefined if it can. */
export async function actLack(): Promise<string | undefined> {
  const { code } = await capture('act', ['--version']);
  return code === 0 ? undefined : 'no program "act" on the PATH: CONTRIBUTING.md says where it comes from';
}

/**
 * Commits this clone as `main`, and `change` as the pull request that is merged into it. The remote is served over HTTP.
 */
export async function openRepository(change: (folder: string) => void): Promise<ActRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-act-'));
  const [clone, artifacts] = [join(folder, 'clone'), join(folder, 'artifacts')];
  for (const name of [clone, artifacts, join(folder, 'home')]) mkdirSync(name);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@a.test', ...args], {
      cwd: clone,
      encoding: 'utf8',
    });
  copyFiles(clone);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=Base');
  git('checkout', '--quiet', '-b', 'head');
  change(clone);
  git('commit', '--quiet', '--all', '--message=Head');
  git('checkout', '--quiet', '--detach', 'main');
  git('merge', '--quiet', '--no-ff', '--message=Merge', 'head');
  const merge = git('rev-parse', 'HEAD').trim();
  git('clone', '--quiet', '--bare', clone, join(folder, 'remote', repository));
  const remote = join(folder, 'remote', repository);
  execFileSync('git', ['--git-dir', remote, 'fetch', '--quiet', clone, 'HEAD:refs/pull/7/merge']);
  const server = await serveGit(join(folder, 'remote'));
  const bin = npmOf(folder);

  const run: ActRepository['run'] = (workflow, event, payload, github) => {
    // act takes the commit of a run from the folder: the merge of a pull request, or the default branch.
    git('checkout', '--quiet', '--detach', event === 'pull_request' ? merge : 'main');
    const file = join(folder, 'event.json');
    writeFileSync(file, JSON.stringify(payload));
    const access = { api: server.url, graphql: `${server.url}/graphql`, token: 'read-only', ...github };
    const env = {
      GITHUB_REPOSITORY: repository,
      GITHUB_REF: event === 'pull_request' ? 'refs/pull/7/merge' : 'refs/heads/main',
      GITHUB_SERVER_URL: server.url,
      GITHUB_API_URL: access.api,
      GITHUB_GRAPHQL_URL: access.graphql,
      RAILHEAD_ARTIFACTS: artifacts,
    };
    const args = [
      ...[event, '--workflows', `.github/workflows/${workflow}`, '--eventpath', file],
      ...['--platform', 'ubuntu-24.04=-self-hosted', '--no-skip-checkout', '--no-cache-server'],
      ...['--action-offline-mode', '--secret', 'GITHUB_TOKEN'],
      ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ...actions().flatMap(([action, from]) => ['--local-repository', `${action}=${from}`]),
    ];
    return capture('act', args, {
      cwd: clone,
      timeout: 8 * minute,
      env: {
        PATH: [bin, join(packageRoot, 'node_modules/.bin'), process.env.PATH].join(delimiter),
        HOME: join(folder, 'home'),
        GITHUB_TOKEN: access.token,
      },
    });
  };
  const close = async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { artifacts, run, close };
}

/** Copies the files of this clone as they are now, committed or not. */
function copyFiles(to: string): void {
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: packageRoot, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((name) => existsSync(join(packageRoot, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(packageRoot, file), join(to, file));
  }
}

/** Returns the pinned actions with the folder of a stand-in. RAILHEAD_ACTIONS can have folders with the real ones. */
function actions(): [string, string][] {
  const files = globSync(['.github/workflows/*.yml', 'action/*/action.yml'], { cwd: packageRoot });
  const text = files.map((file) => readFileSync(join(packageRoot, file), 'utf8')).join('\n');
  const names = [...text.matchAll(/uses: (actions\/([\w-]+)@\w+)/g)];
  return [...new Map(names.map(([, action = '', name = '']) => [action, folderOf(name)]))];
}

function folderOf(action: string): string {
  const real = join(process.env.RAILHEAD_ACTIONS ?? '', action);
  return process.env.RAILHEAD_ACTIONS !== undefined && existsSync(real)
    ? real
    : join(packageRoot, 'tests/github/actions', action);
}

/** Returns a folder with an npm that installs the packages of this clone instead of downloading them. */
function npmOf(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const real = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const install = `ln -s '${join(packageRoot, 'node_modules')}' . && cp -r '${join(packageRoot, 'dist')}' .`;
  const script = `#!/bin/sh\nif [ "$1" = ci ]; then ${install}; else exec '${real}' "$@"; fi\n`;
  writeFileSync(join(bin, 'npm'), script, { mode: 0o755 });
  return bin;
}
