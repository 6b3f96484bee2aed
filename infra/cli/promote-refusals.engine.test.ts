import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../../tests/servers.ts';
import { unless } from '../../tools/testing/unless.ts';
import { readHistory } from '../delivery/history/read-history.ts';
import { signalProcess } from '../common/process-identity.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { isUp, listWorkloads } from '../supervisor/workloads.ts';
import { lacksEngine } from '../targets/testing/system.ts';
import { hashFiles, openPair, type Pair } from './testing/pair.ts';

const missing = await lacksEngine();
let pair: Pair;

/** `qa` runs version one of `dev`, and `dev` runs version two. `plan.json` is a preview of `qa` that is not deployed. */
beforeAll(async () => {
  if (missing !== undefined) return;
  pair = openPair(await freePort());
  pair.commit();
  await pair.deployBoth('one');
  pair.advance('two');
  await pair.succeed('up', '-s', 'dev');
});

afterAll(async () => {
  if (missing === undefined) await pair.close();
});

/** What a command must not touch: the files of the project, the states and the store. */
const touchable = () => {
  const folders = ['stacks', 'services', '.railhead/state', '.railhead/artifacts'];
  if (readdirSync(pair.root).includes('releases')) folders.push('releases');
  const files = hashFiles(join(pair.shared, 'store'), ...folders.map((folder) => join(pair.root, folder)));
  return { files, git: pair.git('status', '--porcelain'), head: pair.git('rev-parse', 'HEAD') };
};

const archives = () => join(pair.shared, 'store/objects/sha256');
const lastOf = async (environment: string) => (await readHistory(pair.store, environment, 1)).records[0];

interface Refusal {
  name: string;
  command: string[];
  problem: RegExp;
  /** Prepares the refusal. */
  arrange: () => unknown;
}

const promotion = ['promote', 'dev', 'qa', '--yes'];
const refusals: Refusal[] = [
  {
    name: 'a tampered artifact',
    command: promotion,
    problem: /api: .*\.tar is damaged: .* Next: npm run up -- -s dev$/m,
    arrange: () => {
      for (const name of readdirSync(archives())) writeFileSync(join(archives(), name), 'evil');
    },
  },
  {
    name: 'a missing artifact',
    command: promotion,
    problem: /api: the store .* does not have its content sha256:\w+\. Next: npm run up -- -s dev$/m,
    arrange: () => rmSync(archives(), { recursive: true }),
  },
  {
    name: 'a release that is older than what runs',
    command: promotion,
    problem:
      /is older than the release of qa: commit \w{8} comes before \w{8}\. .* promote dev qa --allow-downgrade$/m,
    arrange: async () => {
      const last = await lastOf('dev');
      assert.ok(last);
      const hash = pair.git('rev-list', '--max-parents=0', 'HEAD').trim();
      const older = { ...last, number: last.number + 1, commit: { hash, subject: 'one' } };
      await pair.store.records.create(`history/dev/${older.number}`, older);
    },
  },
  {
    name: 'another order of environments',
    command: promotion,
    problem:
      /qa gets releases from staging only, as railhead:promotesFrom in Pulumi\.qa\.yaml says\. Next: /m,
    arrange: () => {
      pair.settings('qa', { promotesFrom: 'staging' });
      pair.commit();
    },
  },
  {
    name: 'a dirty tree',
    command: promotion,
    problem:
      /stacks\/test\.yaml has changes that are not committed\. Commit them, or undo them: git restore /m,
    arrange: () => appendFileSync(join(pair.root, 'stacks/test.yaml'), '\n'),
  },
  {
    name: 'a migration that no preview shows',
    command: promotion,
    problem:
      /api: sql\/1\.sql, not known to be reversible\.\n.* there is no preview of it\. .* promote dev qa --across-migrations$/m,
    arrange: async () => {
      const last = await lastOf('dev');
      const release = last?.release?.['api'];
      assert.ok(last && release);
      const migrations: [string, string][] = [['sql/1.sql', 'aa']];
      const migrated = { ...last, number: last.number + 1, release: { api: { ...release, migrations } } };
      await pair.store.records.create(`history/dev/${migrated.number}`, migrated);
      pair.write('services/api/sql/1.sql', '');
      pair.stack({ preDeploy: { command: ['node main.js'], migrations: 'sql/*.sql' } });
      // This machine then needs a passphrase to preview qa.
      pair.settings('qa', { ownMachine: false });
      pair.commit();
    },
  },
  {
    name: 'a stale plan',
    command: ['up', '-s', 'qa', '--plan', 'plan.json'],
    problem: /^/,
    arrange: async () => {
      const preview = await pair.run('preview', '-s', 'qa', '--out', 'plan.json');
      assert.equal(preview.code, 0, preview.errors);
      await pair.succeed('promote', 'dev', 'qa', '--yes');
      pair.commit();
      await pair.succeed('up', '-s', 'qa');
    },
  },
  {
    name: 'a service in a crash loop',
    command: promotion,
    problem: /api: .* in dev\. Its state: npx --no -- railhead status -s dev$/m,
    arrange: async () => {
      writeFileSync(pair.crash, '');
      const workload = () =>
        listWorkloads(environmentPaths(pair.root, 'dev').services).find(({ name }) => name === 'api');
      for (const { pid } of workload()?.status?.replicas ?? []) signalProcess(pid, 'SIGKILL');
      for (let found = workload(); found !== undefined && isUp(found); found = workload()) await sleep(50);
    },
  },
];

for (const { name, command, problem, arrange } of refusals) {
  unless(missing).test(`${name} is refused, and nothing is touched`, async (t) => {
    const kept = join(pair.shared, 'kept');
    mkdirSync(kept);
    const head = pair.git('rev-parse', 'HEAD').trim();
    cpSync(join(pair.shared, 'store'), join(kept, 'store'), { recursive: true });
    t.onTestFinished(() => {
      pair.git('reset', '-q', '--hard', head);
      for (const path of [join(pair.shared, 'store'), pair.crash])
        rmSync(path, { recursive: true, force: true });
      cpSync(join(kept, 'store'), join(pair.shared, 'store'), { recursive: true });
      rmSync(kept, { recursive: true });
    });
    await arrange();
    const before = touchable();
    const { code, errors } = await pair.run(...command);
    assert.equal(code, 1, errors);
    assert.match(errors, problem);
    const after = touchable();
    if (command[0] === 'up') {
      // The history says who tried it: the only file that is new.
      const last = await lastOf('qa');
      assert.equal(last?.ending?.result, 'refused');
      const [record] = Object.keys(after.files).filter((file) => before.files[file] === undefined);
      delete after.files[record ?? ''];
    }
    assert.deepEqual(after, before);
  });
}
