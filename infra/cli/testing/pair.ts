import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStore } from '../../store/folder-store.ts';
import { loopbackAddress } from '../../targets/process/address.ts';
import { openClone, railhead, succeed } from '../testing.ts';

/** A service that says its version, and ends at once while a file exists. */
export const server = (version: string, crash: string) => `
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
if (existsSync('${crash}')) process.exit(1);
createServer((_, response) => response.end('${version}')).listen(process.env.PORT, process.env.HOST);
`;

/** Two environments, `dev` and `qa`, of one repository and one store, which the real engine deploys. */
export function openPair(port: number) {
  const { root, write, close } = openClone();
  const shared = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-shared-')));
  const crash = join(shared, 'crash');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=a@b', ...args], {
      cwd: root,
      encoding: 'utf8',
    });
  const settings = (name: string, more: object = {}) => {
    const keys = { stackFile: 'stacks/test.yaml', target: 'process', ownMachine: true };
    const config = Object.entries({ ...keys, store: join(shared, 'store'), ...more });
    const entries = config.map(([key, value]) => [`railhead:${key}`, value] as const);
    write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(entries) }));
  };
  const own = ['.railhead', 'infra', 'tools', 'dist', 'node_modules', 'package.json'];
  write('.gitignore', own.join('\n'));
  for (const name of ['dev', 'qa']) settings(name);
  /** Writes the stack file, whose service has more fields. */
  const stack = (more: object = {}) => {
    const api = { source: 'services/api', port, start: 'node main.js', health: { path: '/' }, ...more };
    write('stacks/test.yaml', JSON.stringify({ name: 'shop', services: { api } }));
  };
  stack();
  write('services/api/package.json', '{ "type": "module" }');
  git('init', '-q', '-b', 'main');
  const commit = (message = 'change') => {
    git('add', '.');
    git('commit', '-q', '--allow-empty', '-m', message);
  };
  /** Writes a version of the service and commits everything. */
  const advance = (version: string) => {
    write('services/api/main.js', server(version, crash));
    commit(version);
  };
  const run = (...args: string[]) => succeed(railhead(root, ...args));
  return {
    ...{ root, shared, crash, write, git, settings, stack },
    store: folderStore(join(shared, 'store')),
    advance,
    commit,
    run: (...args: string[]) => railhead(root, ...args),
    succeed: run,
    /** Deploys a version to `dev`, promotes it, deploys it to `qa`, and commits the files. */
    deployBoth: async (version: string) => {
      advance(version);
      await run('up', '-s', 'dev');
      commit();
      await run('promote', 'dev', 'qa', '--yes');
      commit();
      await run('up', '-s', 'qa');
      commit();
    },
    reply: async (environment: string) =>
      (await fetch(`http://${loopbackAddress(root, environment)}:${port}`)).text(),
    close: async () => {
      for (const name of ['dev', 'qa']) await railhead(root, 'down', '-s', name);
      rmSync(shared, { recursive: true });
      await close();
    },
  };
}

export type Pair = ReturnType<typeof openPair>;

/** Returns a hash of each file below some folders, by path. */
export function hashFiles(...folders: string[]): Record<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  );
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  return Object.fromEntries(
    files.filter((file) => statSync(file).isFile()).map((file) => [file, hash(file)]),
  );
}
