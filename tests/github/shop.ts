import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startGitHub, type FakeGitHub } from '../../infra/github/testing/github.ts';
import { loopbackAddress } from '../../infra/targets/process/address.ts';
import { packageRoot } from '../../infra/common/roots.ts';
import { capture, type CommandResult } from '../../tools/command.ts';
import { freePort } from '../servers.ts';
import { preparePlace, repository, runAct, type Run } from './act.ts';
import { serveGit } from './git-server.ts';

export const page = (text: string) => `
import { createServer } from 'node:http';
createServer((_, response) => response.end('${text}')).listen(Number(process.env.PORT), process.env.HOST);
`;

const passphrase = 'canary-passphrase';

/** A repository with the documented workflows, the environments `dev` and `qa`, and a runner that keeps its workspace. */
export interface Shop {
  github: FakeGitHub;
  /** The workspace of the runner, in which the environments run. */
  workspace: string;
  /** Commits files on a branch, by default main, and pushes it. Returns the hash. */
  push: (files: Record<string, string>, branch?: string) => string;
  /** Runs git in a clone of the repository. */
  git: (...args: string[]) => string;
  run: (workflow: string, event: string, payload?: object, more?: Partial<Run>) => Promise<CommandResult>;
  /** Runs a command of Railhead in the workspace. */
  railhead: (...args: string[]) => Promise<CommandResult>;
  /** Returns what the service of an environment answers. */
  reply: (environment: string) => Promise<string>;
  close: () => Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-act-')));
  const [clone, workspace] = [join(folder, 'clone'), join(folder, 'workspace')];
  preparePlace(folder);
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), text);
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@a.test', ...args], {
      cwd: clone,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  for (const file of globSync('Pulumi.*.yaml', { cwd: clone })) rmSync(join(clone, file));
  // As a user does.
  cpSync(join(packageRoot, 'infra/github/workflows'), join(clone, '.github/workflows'), { recursive: true });
  const settings = { 'railhead:stackFile': 'stacks/shop.yaml', 'railhead:target': 'process' };
  const config = { ...settings, 'railhead:store': join(folder, 'store') };
  write('Pulumi.dev.yaml', JSON.stringify({ config }));
  write('Pulumi.qa.yaml', JSON.stringify({ config: { ...config, 'railhead:promotesFrom': 'dev' } }));
  const stack = {
    name: 'shop',
    policy: { stage: 'development' },
    pullRequests: {},
    services: { web: { source: 'web', port, health: { path: '/' } } },
    gateway: { port: gatewayPort, routes: [{ path: '/*', to: 'web' }] },
  };
  write('stacks/shop.yaml', JSON.stringify(stack));
  write('web/main.ts', page('one'));
  // Here it is a link, which `node_modules/` does not mean.
  appendFileSync(join(clone, '.gitignore'), 'node_modules\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=Open the shop');
  const remote = join(folder, 'remote', repository);
  git('clone', '--quiet', '--bare', clone, remote);
  git('--git-dir', remote, 'config', 'http.receivepack', 'true');
  git('remote', 'add', 'origin', remote);
  const server = await serveGit(join(folder, 'remote'));
  const github = await startGitHub({ repository, id: 1 });
  const backend = `file://${join(folder, 'state')}?create_dir=true`;

  const railhead: Shop['railhead'] = (...args) =>
    capture(process.execPath, [join(workspace, 'dist/railhead.js'), ...args], {
      cwd: workspace,
      env: { ...process.env, PULUMI_BACKEND_URL: backend, PULUMI_CONFIG_PASSPHRASE: passphrase },
    });
  let number = 0;
  return {
    ...{ github, workspace, git, railhead },
    push: (files, branch = 'main') => {
      git('fetch', '--quiet', 'origin');
      git('checkout', '--quiet', '-B', branch, branch === 'main' ? 'origin/main' : 'main');
      for (const [path, text] of Object.entries(files)) write(path, text);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', `--message=Change ${branch}`);
      git('push', '--quiet', '--force', 'origin', branch);
      return git('rev-parse', 'HEAD');
    },
    run: (workflow, event, payload = {}, more = {}) =>
      runAct(
        { folder, server: server.url, github: github.access },
        {
          ...{ workflow, event, ref: 'refs/heads/main' },
          payload: { repository: { full_name: repository }, ...payload },
          secrets: { PULUMI_CONFIG_PASSPHRASE: passphrase },
          variables: { PULUMI_BACKEND_URL: backend },
          ...more,
          env: {
            RAILHEAD_WORKSPACE: workspace,
            GITHUB_RUN_NUMBER: String((number += 1)),
            GITHUB_RUN_ATTEMPT: '1',
            GITHUB_RUN_ID: String(4100 + number),
            ...more.env,
          },
        },
      ),
    reply: async (environment) =>
      (await fetch(`http://${loopbackAddress(workspace, environment)}:${port}`)).text(),
    close: async () => {
      for (const name of ['dev', 'qa']) await railhead('down', '-s', name);
      await Promise.all([server.close(), github.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
