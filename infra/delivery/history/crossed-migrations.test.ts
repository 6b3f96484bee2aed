import assert from 'node:assert/strict';
import { test } from 'vitest';
import { crossedMigrations, describeCrossings, type Migrating } from './crossed-migrations.ts';

type Files = [string, string][];

const preDeploy = { api: ['node migrate.js'] };

/** Returns a release of one service with `preDeploy`. */
function migrating(hash: string, migrations?: Files, more: Partial<Migrating> = {}): Migrating {
  return { release: { api: { hash, ...(migrations && { migrations }) } }, preDeploy, ...more };
}

const one: Files = [['sql/1.sql', 'aa']];

test('a migration that the other release does not have is crossed, and a down file makes it reversible', () => {
  const applied: Files = [...one, ['sql/2.down.sql', 'dd'], ['sql/2.up.sql', 'bb'], ['sql/3.sql', 'cc']];
  const crossings = crossedMigrations(migrating('2', applied), migrating('1', one));
  assert.deepEqual(crossings, [
    {
      service: 'api',
      known: true,
      files: [
        { file: 'sql/2.up.sql', reversible: true, edited: false },
        { file: 'sql/3.sql', reversible: false, edited: false },
      ],
    },
  ]);
  assert.deepEqual(describeCrossings(crossings), [
    'api: sql/2.up.sql, reversible',
    'api: sql/3.sql, not known to be reversible',
  ]);
});

test('the direction decides: a release with more migrations has all those of the former one', () => {
  const more: Files = [...one, ['sql/2.sql', 'bb']];
  assert.deepEqual(crossedMigrations(migrating('1', one), migrating('2', more)), []);
});

test('the same migrations in another artifact cross nothing', () => {
  assert.deepEqual(crossedMigrations(migrating('2', one), migrating('1', one)), []);
});

test('a migration with another text is crossed', () => {
  const [crossing] = crossedMigrations(migrating('2', [['sql/1.sql', 'zz']]), migrating('1', one));
  assert.deepEqual(crossing?.files, [{ file: 'sql/1.sql', reversible: false, edited: true }]);
  assert.deepEqual(describeCrossings([crossing]), [
    'api: sql/1.sql, which was edited, not known to be reversible',
  ]);
});

test('without a list of migrations, other inputs of preDeploy count as crossing', () => {
  const unknown = [{ service: 'api', known: false, files: [] }];
  assert.deepEqual(crossedMigrations(migrating('2'), migrating('1')), unknown);
  assert.deepEqual(crossedMigrations(migrating('2', one), migrating('1')), unknown);
  const command = { preDeploy: { api: ['node migrate.js --all'] } };
  assert.deepEqual(crossedMigrations(migrating('1', undefined, command), migrating('1')), unknown);
  assert.deepEqual(describeCrossings(unknown), [
    'api: which migrations its preDeploy applies is not known, and its inputs differ',
  ]);
  assert.deepEqual(crossedMigrations(migrating('1'), migrating('1')), []);
});

test('all migrations of a preDeploy that the other release does not have are crossed', () => {
  const [crossing] = crossedMigrations(migrating('2', one), migrating('1', undefined, { preDeploy: {} }));
  assert.deepEqual(crossing?.files, [{ file: 'sql/1.sql', reversible: false, edited: false }]);
  const removed = crossedMigrations(migrating('2', one, { preDeploy: {} }), migrating('1'));
  assert.deepEqual(removed, []);
});

test('the image of an artifact has another name with a release file, and the same content', () => {
  const release = (image: string) => ({ release: { api: { hash: '1', content: 'sha256:aa', image } } });
  const sides = [migrating('1', undefined, release('a')), migrating('1', undefined, release('b'))] as const;
  assert.deepEqual(crossedMigrations(...sides), []);
});
