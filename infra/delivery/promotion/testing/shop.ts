import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'vitest';
import { readEnvironment } from '../../../common/environment.ts';
import { contentOf } from '../../../store/archive.ts';
import { folderStore } from '../../../store/folder-store.ts';
import { testRepository } from '../../commits/testing.ts';
import type { HistoryRecord, RecordedRelease } from '../../history/record.ts';
import { record } from '../../history/testing.ts';
import { changeFiles } from '../../changed-files.ts';
import { promote } from '../promote.ts';
import { changesFor } from '../write.ts';

export const releaseFile = 'releases/qa.yaml';

/** Makes a repository with the environments `dev` and `qa`, each with its own store, and one service. */
export function openShop(t: TestContext) {
  const { root, git } = testRepository(t);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const environment = (name: string, more: object = {}) => {
    const config = { stackFile: 'stacks/shop.yaml', target: 'process', store: `${name}-store`, ...more };
    const keys = Object.entries(config).map(([key, value]) => [`railhead:${key}`, value] as const);
    write(`Pulumi.${name}.yaml`, JSON.stringify({ config: Object.fromEntries(keys) }));
  };
  let services: string[] = [];
  /** Writes the stack file: services, or their names with more fields. */
  const stack = (...named: (string | Record<string, object>)[]) => {
    const entries = named.flatMap((one) =>
      typeof one === 'string' ? [[one, {}] as const] : Object.entries(one),
    );
    services = entries.map(([name]) => name);
    const full = entries.map(
      ([name, more]) => [name, { source: name, start: 'node main.js', ...more }] as const,
    );
    write('stacks/shop.yaml', JSON.stringify({ name: 'shop', services: Object.fromEntries(full) }));
    for (const name of services.filter((each) => !existsSync(join(root, each))))
      write(`${name}/main.js`, 'run();\n');
  };
  write('.gitignore', '.railhead/\n*-store/\n');
  write('Pulumi.yaml', 'name: shop\nruntime: nodejs\n');
  environment('dev');
  environment('qa');
  stack('api');
  /** Commits everything and returns the hash. */
  const commit = () => {
    git('add', '.');
    git('commit', '-q', '--allow-empty', '-m', 'change');
    return git('rev-parse', 'HEAD');
  };
  const stores = { dev: folderStore(join(root, 'dev-store')), qa: folderStore(join(root, 'qa-store')) };
  let last = 0;
  /** Records an update of `dev` that has deployed the files as they are. */
  const update = async (changes: Partial<HistoryRecord> = {}) => {
    const release: RecordedRelease = {};
    for (const name of services) {
      const content = await contentOf(join(root, name));
      await stores.dev.objects.put(content, join(root, name));
      release[name] = { hash: content.slice(7, 23), content };
    }
    const files = { 'stacks/shop.yaml': readFileSync(join(root, 'stacks/shop.yaml'), 'utf8') };
    last += 1;
    const done = record({
      number: last,
      commit: { hash: commit(), subject: 'change' },
      declared: { stackFile: 'stacks/shop.yaml', files, config: {}, secrets: [] },
      release,
      ...changes,
    });
    await stores.dev.records.create(`history/dev/${done.number}`, done);
    return done;
  };
  const said: string[] = [];
  return {
    ...{ root, write, git, commit, environment, stack, stores, update, said },
    promote: ({
      allowDowngrade = false,
      only,
      key,
    }: { allowDowngrade?: boolean; only?: string[]; key?: KeyObject } = {}) => {
      const [from, to] = [readEnvironment('dev', root), readEnvironment('qa', root)];
      return promote({
        from,
        to,
        root,
        only,
        allowDowngrade,
        key,
        say: (line) => void said.push(line),
        accept: () => Promise.resolve(),
        write: ({ file, release }) => changeFiles(root, 'qa', changesFor(root, file, release)),
      });
    },
    file: () => (existsSync(releaseFile) ? readFileSync(releaseFile, 'utf8') : undefined),
  };
}

export type Shop = ReturnType<typeof openShop>;
