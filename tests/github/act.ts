import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { packageRoot } from '../../infra/common/roots.ts';
import type { GitHubAccess } from '../../infra/github/client.ts';
import { capture, type CommandResult } from '../../tools/command.ts';
import { toolCache } from '../../tools/tool-cache.ts';

/** The repository whose workflows run. */
export const repository = 'acme/shop';

/** Where workflows run: a temporary folder with the clone that act reads, and the server that has the repository. */
export interface Place {
  /** Contains the folder `clone`, in which the commit of the run is checked out. */
  folder: string;
  server: string;
  /** The stand-in of GitHub's API, with the token of the jobs. */
  github?: Pick<GitHubAccess, 'api' | 'graphql' | 'token'> | undefined;
}

export interface Run {
  /** The file name of the workflow. */
  workflow: string;
  event: string;
  payload: unknown;
  /** What the run is for: `refs/heads/main`. */
  ref: string;
  env?: Record<string, string>;
  secrets?: Record<string, string>;
  variables?: Record<string, string>;
}

const minute = 60_000;

/** Returns why act cannot run here; undefined if it can. */
export async function actLack(): Promise<string | undefined> {
  const { code } = await capture('act', ['--version']);
  return code === 0 ? undefined : 'no program "act" on the PATH: CONTRIBUTING.md says where it comes from';
}

/** Runs a workflow in processes of this machine. The names of the runners in `runs-on` make no difference. */
export function runAct({ folder, server, github }: Place, run: Run): Promise<CommandResult> {
  const [clone, home] = [join(folder, 'clone'), join(folder, 'home')];
  const file = join(folder, 'event.json');
  writeFileSync(file, JSON.stringify(run.payload));
  const access = { api: server, graphql: `${server}/graphql`, token: 'read-only', ...github };
  const secrets = { GITHUB_TOKEN: access.token, ...run.secrets };
  const env = {
    GITHUB_REPOSITORY: repository,
    GITHUB_REF: run.ref,
    GITHUB_SERVER_URL: server,
    GITHUB_API_URL: access.api,
    GITHUB_GRAPHQL_URL: access.graphql,
    ...run.env,
  };
  const args = [
    ...[run.event, '--workflows', `.github/workflows/${run.workflow}`, '--eventpath', file],
    ...['--platform', 'ubuntu-24.04=-self-hosted', '--no-skip-checkout', '--no-cache-server'],
    ...['--action-offline-mode', '--action-cache-path', join(home, 'act')],
    ...Object.keys(secrets).flatMap((name) => ['--secret', name]),
    ...pairs(run.variables).flatMap((pair) => ['--var', pair]),
    ...pairs(env).flatMap((pair) => ['--env', pair]),
    ...actions(clone).flatMap(([action, from]) => ['--local-repository', `${action}=${from}`]),
  ];
  return capture('act', args, {
    cwd: clone,
    timeout: 8 * minute,
    env: {
      PATH: [join(folder, 'bin'), join(packageRoot, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      HOME: home,
      // The tools of the machine, such as the Pulumi CLI.
      XDG_CACHE_HOME: dirname(toolCache()),
      ...secrets,
    },
  });
}

function pairs(values: Record<string, string> = {}): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

/** Makes the folders of a place, and copies the files of this clone as they are now to its clone, committed or not. */
export function preparePlace(folder: string): void {
  for (const name of ['clone', 'home', 'bin']) mkdirSync(join(folder, name));
  writeNpm(join(folder, 'bin'));
  const list = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: packageRoot, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((name) => existsSync(join(packageRoot, name)))) {
    const to = join(folder, 'clone', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(packageRoot, file), to);
  }
}

/** Returns the pinned actions with the folder of a stand-in. RAILHEAD_ACTIONS can have folders with the real ones. */
function actions(clone: string): [string, string][] {
  const files = globSync(['.github/workflows/*.yml', 'action/*/action.yml'], { cwd: clone });
  const text = files.map((file) => readFileSync(join(clone, file), 'utf8')).join('\n');
  const names = [...text.matchAll(/uses: (actions\/([\w-]+)@\w+)/g)];
  return [...new Map(names.map(([, action = '', name = '']) => [action, folderOf(name)]))];
}

function folderOf(action: string): string {
  const real = join(process.env.RAILHEAD_ACTIONS ?? '', action);
  return process.env.RAILHEAD_ACTIONS !== undefined && existsSync(real)
    ? real
    : join(packageRoot, 'tests/github/actions', action);
}

/** Writes an npm that installs the packages of this clone instead of downloading them. */
function writeNpm(bin: string): void {
  const real = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  const link = `ln -sfn '${join(packageRoot, 'node_modules')}' node_modules`;
  const install = `${link} && { [ -d dist ] || cp -r '${join(packageRoot, 'dist')}' .; }`;
  const script = `#!/bin/sh\nif [ "$1" = ci ]; then ${install}; else exec '${real}' "$@"; fi\n`;
  writeFileSync(join(bin, 'npm'), script, { mode: 0o755 });
}
