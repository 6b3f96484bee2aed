import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { loadStack } from '../stack/load.ts';
import { problemsOf, scratch } from '../stack/scratch.ts';
import { buildGraph } from './graph.ts';
import { migrationFiles } from './migrations.ts';

test('lists migrations in byte order, with the files that undo them, and nothing else', (t) => {
  const names = [
    '10-z.sql',
    '2-a.sql',
    '2-a.down.sql',
    '2-A.up.sql',
    '2-A.down.js',
    '3-\uff21.sql',
    '3-\u{1F600}.sql',
  ];
  const others = ['4.down.sql', 'readme.md', '2-a.down.d/note', 'old/1.sql'];
  const folder = scratch(t, Object.fromEntries([...names, ...others].map((name) => [`sql/${name}`, name])));
  assert.deepEqual(migrationFiles(folder, 'sql/*.sql'), [
    'sql/10-z.sql',
    'sql/2-A.down.js',
    'sql/2-A.up.sql',
    'sql/2-a.down.sql',
    'sql/2-a.sql',
    'sql/3-\uff21.sql',
    'sql/3-\u{1F600}.sql',
  ]);
  assert.deepEqual(migrationFiles(folder, 'sql/4*'), []);
});

test('finds migrations in folders below, except in those of package managers, git and Railhead', (t) => {
  const files = ['1.sql', 'db/2/up.sql', 'node_modules/pg/3.sql', '.git/4.sql', 'db/.railhead/5.sql'];
  const folder = scratch(t, Object.fromEntries(files.map((name) => [name, name])));
  assert.deepEqual(migrationFiles(folder, '**/*.sql'), ['1.sql', 'db/2/up.sql']);
});

test('refuses migrations behind symbolic links, which lead out of the source folder', (t) => {
  const folder = scratch(t, {
    'stack.yaml': `name: x
services:
  file: { source: app, preDeploy: { command: node migrate.js, migrations: one/*.sql } }
  folder: { source: app, preDeploy: { command: node migrate.js, migrations: two/*.sql } }
  all: { source: linked, preDeploy: { command: node migrate.js, migrations: three/*.sql } }
`,
    'app/main.ts': '',
    'app/migrate.ts': '',
    'app/one/1.sql': '',
    'app/three/3.sql': '',
    'other/2.sql': '',
  });
  symlinkSync(join(folder, 'other/2.sql'), join(folder, 'app/one/2.sql'));
  symlinkSync(join(folder, 'other'), join(folder, 'app/two'));
  symlinkSync(join(folder, 'app'), join(folder, 'linked'));
  const problems = problemsOf(folder, () => buildGraph(loadStack(join(folder, 'stack.yaml')), 'test'));
  assert.deepEqual(problems, [
    'stack.yaml:3:75  services.file.preDeploy.migrations: "one/*.sql" matches one/2.sql, which is behind a symbolic link; the folder "app" must contain the file itself',
    'stack.yaml:4:77  services.folder.preDeploy.migrations: "two/*.sql" matches two/2.sql, which is behind a symbolic link; the folder "app" must contain the file itself',
  ]);
});
