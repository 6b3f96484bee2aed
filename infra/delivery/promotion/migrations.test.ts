import assert from 'node:assert/strict';
import { test } from 'vitest';
import { record } from '../history/testing.ts';
import type { RecordedRelease } from '../history/record.ts';
import { unseenProblems } from './migrations.ts';
import { openShop, type Shop } from './testing/shop.ts';

const one: [string, string] = ['sql/1.sql', 'aa'];
const two: [string, string] = ['sql/2.sql', 'bb'];

/** Makes a shop whose `api` has migrations, and `dev` has applied these. */
async function openMigrating(shop: Shop, ...migrations: [string, string][]) {
  shop.write('api/sql/1.sql', '');
  shop.stack({ api: { preDeploy: { command: ['node main.js'], migrations: 'sql/*.sql' } } });
  const done = await shop.update();
  const release: RecordedRelease = { api: { hash: '0'.repeat(16), ...done.release?.['api'], migrations } };
  return shop.update({ release });
}

test('a promotion knows the migrations that the last update of the other environment does not have', async (t) => {
  const shop = openShop(t);
  const { declared } = await openMigrating(shop, one, two);
  const release = { api: { hash: '1'.repeat(16), migrations: [one] } };
  const updated = record({ environment: 'qa', number: 1, ...(declared && { declared }), release });
  await shop.stores.qa.records.create('history/qa/1', updated);
  const { migrations } = await shop.promote({ allowDowngrade: true });
  const files = [{ file: 'sql/2.sql', reversible: false, edited: false }];
  assert.deepEqual(migrations, [{ service: 'api', known: true, files }]);
});

test('all migrations come to an environment without an update, and none with a promotion that changes nothing', async (t) => {
  const shop = openShop(t);
  await openMigrating(shop, one);
  assert.equal((await shop.promote()).migrations[0]?.files.length, 1);
  shop.commit();
  assert.deepEqual((await shop.promote()).migrations, []);
});

test('with --only, the migrations of other services do not count', async (t) => {
  const shop = openShop(t);
  shop.stack({ api: { preDeploy: { command: ['node main.js'] } } }, 'web');
  await shop.update();
  await shop.promote();
  shop.commit();
  shop.write('api/main.js', 'run(2);\n');
  shop.write('web/main.js', 'run(2);\n');
  await shop.update();
  assert.deepEqual((await shop.promote({ only: ['web'] })).migrations, []);
});

test('if the former migrations cannot be read, they are not known', async (t) => {
  const shop = openShop(t);
  await openMigrating(shop, one);
  const declared = { stackFile: 'stacks/gone.yaml', files: {}, config: {}, secrets: [] };
  const release = { api: { hash: '1'.repeat(16), migrations: [one] } };
  const updated = record({ environment: 'qa', number: 1, declared, release });
  await shop.stores.qa.records.create('history/qa/1', updated);
  const { migrations } = await shop.promote({ allowDowngrade: true });
  assert.deepEqual(migrations, [{ service: 'api', known: false, files: [] }]);
});

test('without migrations there is nothing to report', () => {
  assert.deepEqual(unseenProblems([], 'qa', 'again'), []);
});
