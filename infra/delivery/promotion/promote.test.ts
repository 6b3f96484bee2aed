import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadRelease } from '../../releases/load.ts';
import { ending, openedRecord, record } from '../history/testing.ts';
import { openShop, releaseFile, type Shop } from './testing/shop.ts';

test('the release file has the artifacts of the last update, and the other store their contents', async (t) => {
  const shop = openShop(t);
  const { release, commit, number } = await shop.update();
  const done = await shop.promote();
  const content = release?.['api']?.content ?? '';
  assert.equal(await shop.stores.qa.objects.has(content), true);
  assert.deepEqual(loadRelease('qa', shop.root)?.release, {
    version: 1,
    environment: 'dev',
    commit: commit?.hash,
    stack: { file: 'stacks/shop.yaml', commit: commit?.hash },
    time: loadRelease('qa', shop.root)?.release.time,
    by: loadRelease('qa', shop.root)?.release.by,
    artifacts: { api: { hash: content.slice(7, 23), content } },
  });
  assert.deepEqual([done.number, done.file], [number, releaseFile]);
  assert.deepEqual(done.changes, [{ service: 'api', before: undefined, after: release?.['api'] }]);
  assert.match(shop.said.join(), /^The health of dev was not asked: it does not run from /);
  assert.equal(shop.git('status', '--porcelain', '-uall'), `?? ${releaseFile}`);
});

test('without a change, the file stays as it is, and the other store gets back what it has lost', async (t) => {
  const shop = openShop(t);
  const { release } = await shop.update();
  await shop.promote();
  shop.commit();
  const before = shop.file();
  rmSync(join(shop.root, 'qa-store'), { recursive: true });
  assert.deepEqual((await shop.promote()).changes, []);
  assert.equal(shop.file(), before);
  assert.equal(await shop.stores.qa.objects.has(release?.['api']?.content ?? ''), true);
});

const archives = (shop: Shop) => join(shop.root, 'dev-store/objects/sha256');

test.for<[string, RegExp, (shop: Shop) => unknown]>([
  ['no update', /dev has no update in the store .*dev-store\. Next: npm run up -- -s dev$/m, () => undefined],
  [
    'a record that cannot be read',
    /dev\/1\.json.* is not a record of this version of Railhead/,
    (shop) => shop.stores.dev.records.create('history/dev/1', {}),
  ],
  [
    'a failed update',
    /#1 of dev, the last update, failed\. Next: npm run up -- -s dev$/m,
    (shop) => shop.update({ ending: { ...ending, result: 'failed' } }),
  ],
  [
    'an interrupted update',
    /#1 of dev, the last update, was interrupted\. Next/,
    (shop) => shop.update({ ending: undefined }),
  ],
  [
    'an update that runs elsewhere',
    /#1 of dev, the last update, has not ended\. Wait for its end: .* history -s dev\. /,
    (shop) => shop.update({ ending: undefined, writer: { host: 'elsewhere', pid: 1, startTime: 'x' } }),
  ],
  [
    'a limited update',
    /#1 of dev, the last update, was limited to some resources/,
    (shop) => shop.update({ partial: true }),
  ],
  [
    'a stopped environment',
    /#1 stopped dev, so nothing runs there/,
    (shop) => shop.update({ command: 'down' }),
  ],
  [
    'files without a commit',
    /#1 of dev was deployed from files without a commit\. Commit them/,
    (shop) => shop.update({ commit: undefined }),
  ],
  [
    'changed files',
    /#1 of dev was deployed with files that were not committed\. Commit them, then deploy them: npm run up -- -s dev$/m,
    (shop) => shop.update({ commit: { hash: shop.commit(), subject: 'change', dirty: true } }),
  ],
  [
    'a lost artifact',
    /api: the store .*dev-store does not have its content sha256:\w+\. Next: npm run up -- -s dev$/m,
    async (shop) => {
      await shop.update();
      rmSync(archives(shop), { recursive: true });
    },
  ],
  [
    'an altered artifact',
    /api: .*dev-store\/objects\/sha256\/\w+\.tar is damaged: .* Delete it\. .* Next/,
    async (shop) => {
      await shop.update();
      for (const name of readdirSync(archives(shop))) writeFileSync(join(archives(shop), name), 'evil');
    },
  ],
  [
    'an artifact that was not kept',
    /api: #1 of dev kept neither its files nor the digest of its image/,
    (shop) => shop.update({ release: { api: { hash: '0123456789abcdef', image: 'shop/api:tag' } } }),
  ],
  [
    'a service without an artifact',
    /web: stacks\/shop\.yaml needs its artifact, and dev does not run one\. Add it/,
    async (shop) => {
      await shop.update();
      shop.stack('api', 'web');
    },
  ],
  [
    'an artifact without a service',
    /old: dev runs its artifact, and stacks\/shop\.yaml builds nothing of this name/,
    async (shop) => {
      const { release = {} } = await shop.update();
      await shop.update({ release: { ...release, old: { hash: '0123456789abcdef' } } });
    },
  ],
  [
    'another environment than the declared one',
    /qa gets releases from staging only, as railhead:promotesFrom in Pulumi\.qa\.yaml says\. Next: .* promote staging qa$/m,
    async (shop) => {
      await shop.update();
      shop.environment('qa', { promotesFrom: 'staging' });
    },
  ],
  [
    'uncommitted changes of the release file',
    /releases\/qa\.yaml has changes that are not committed\. Commit them, or undo them: rm releases\/qa\.yaml$/m,
    async (shop) => {
      await shop.update();
      await shop.promote();
    },
  ],
  ...['stacks/shop.yaml', 'Pulumi.qa.yaml'].map((file): [string, RegExp, (shop: Shop) => unknown] => [
    `uncommitted changes of ${file}`,
    new RegExp(
      `${file} has changes that are not committed\\. Commit them, or undo them: git restore --staged --worktree ${file}$`,
      'm',
    ),
    async (shop) => {
      await shop.update();
      appendFileSync(file, '\n');
    },
  ]),
  [
    'an update of the other environment on another machine',
    /`up` #7 of qa by Ada Lovelace has not ended \(pid \d+ on elsewhere, since .*\)\. Only elsewhere can say whether it still runs\. If it was killed there: .* unlock 7 -s qa$/m,
    async (shop) => {
      await shop.update();
      const writer = { host: 'elsewhere', pid: 1, startTime: 'x' };
      const open = { ...openedRecord(), environment: 'qa', writer };
      await shop.stores.qa.records.create('history/qa/7', open);
    },
  ],
  [
    'a time that is too short',
    /dev has run these artifacts for 1 min since the end of #1 .*, and railhead:soak in Pulumi\.qa\.yaml demands 2 h\. Try again in 2 h\.$/m,
    async (shop) => {
      shop.environment('qa', { soak: '2h' });
      await shop.update({ ending: { ...ending, ended: new Date().toISOString() } });
    },
  ],
  [
    'an older time, where the commits have no order',
    /#1 of dev is older than the release of qa: 2026-03-04T05:06:12\.500Z is before 2026-03-04T05:06:13Z\./,
    async (shop) => {
      await shop.update();
      await shop.promote();
      const text = shop.file() ?? '';
      const other = text.replace(/^commit: .+$/m, `commit: ${'f'.repeat(40)}`);
      shop.write(releaseFile, other.replace(/^time: .*$/m, 'time: 2026-03-04T05:06:13Z'));
      shop.commit();
    },
  ],
  [
    'an older commit than that of an environment that builds',
    /#1 of dev is older than the release of qa: commit/,
    async (shop) => {
      await shop.update();
      const commit = { hash: shop.commit(), subject: 'change' };
      const updated = record({ environment: 'qa', number: 1, commit });
      await shop.stores.qa.records.create('history/qa/1', updated);
    },
  ],
  [
    'an older commit',
    /#3 of dev is older than the release of qa: commit \w{8} comes before \w{8}\. Deploy a newer one: .* promote dev qa --allow-downgrade$/m,
    async (shop) => {
      const { commit } = await shop.update();
      await shop.update();
      await shop.promote();
      shop.commit();
      await shop.update({ commit });
    },
  ],
])('is refused because of %s, and nothing is written', async ([, problem, arrange], t) => {
  const shop = openShop(t);
  await arrange(shop);
  const before = shop.file();
  const kept = existsSync('qa-store');
  await assert.rejects(shop.promote(), problem);
  assert.equal(shop.file(), before);
  assert.equal(existsSync('qa-store'), kept);
});

test('an update that was refused has changed nothing: the one before it is promoted', async (t) => {
  const shop = openShop(t);
  const { release, number } = await shop.update();
  await shop.update({ release: undefined, ending: { ...ending, result: 'refused' } });
  const done = await shop.promote();
  assert.equal(done.number, number);
  assert.deepEqual(loadRelease('qa', shop.root)?.release.artifacts, release);
});

test('all reasons are listed at once', async (t) => {
  const shop = openShop(t);
  await shop.update({ partial: true, commit: undefined });
  shop.environment('qa', { promotesFrom: 'staging' });
  shop.stack('api', 'web');
  await assert.rejects(shop.promote(), ({ message }: Error) => {
    assert.match(message, /^dev was not promoted to qa\. Nothing was written:\n/);
    assert.equal(message.match(/^ {2}- /gm)?.length, 6, message);
    return true;
  });
});
