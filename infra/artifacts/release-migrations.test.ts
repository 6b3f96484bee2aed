import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { execute, temporaryProject, type Config } from './testing.ts';

const { project, release, source, change } = temporaryProject();

test('every kind of artifact contains the migrations at their paths, and records them in order', async () => {
  const files = {
    'sql/10.sql': 'ten',
    'sql/2.sql': 'two',
    'sql/2.down.sql': 'undo two',
    'sql/ignored.sql': 'left out by git',
    '.gitignore': 'ignored.sql\n',
    'notes.txt': '',
    'main.ts': `import { readFileSync } from 'node:fs'; console.log(readFileSync('sql/2.sql', 'utf8'));`,
    'main.py': '',
    Dockerfile: '',
  };
  execFileSync('git', ['init', '-q', project.root]);
  const preDeploy = { command: ['./migrate'], migrations: 'sql/*.sql' };
  const kinds: Record<string, Config> = {
    bundle: {},
    copy: { start: 'python3 main.py' },
    command: { build: 'true', start: 'python3 main.py' },
    dockerfile: { dockerfile: { path: 'Dockerfile', args: {} } },
  };
  for (const name of Object.keys(kinds)) await source(name, files);
  const described = await release(
    Object.fromEntries(Object.entries(kinds).map(([name, config]) => [name, { ...config, preDeploy }])),
  );
  for (const { path, inputs } of Object.values(described)) {
    const names = ['10.sql', '2.down.sql', '2.sql', 'ignored.sql'];
    assert.deepEqual((await readdir(join(path, 'sql'))).toSorted(), names, path);
    assert.equal(await readFile(join(path, 'sql/2.sql'), 'utf8'), 'two');
    assert.deepEqual(
      inputs.migrations?.map(([file]) => file),
      names.map((name) => `sql/${name}`),
    );
    assert.equal(inputs.migrations?.[2]?.[1], createHash('sha256').update('two').digest('hex').slice(0, 16));
  }
  assert.equal(execute(described.bundle?.path ?? '', 'main.js'), 'two\n');
  assert.ok(!existsSync(join(described.bundle?.path ?? '', 'notes.txt')));
  for (const { inputs } of Object.values(await release(kinds))) assert.equal(inputs.migrations, undefined);
});

test('a migration that is added, changed or removed changes the hash, and so does another pattern', async () => {
  await source('api', { 'main.ts': '', 'sql/1.sql': 'one', 'sql/2.txt': 'two' });
  const migrated = async (migrations = 'sql/*.sql') =>
    (await release({ api: { preDeploy: { command: ['./migrate'], migrations } } })).api!;
  const first = await migrated();
  const hashes = [first.hash, (await release({ api: {} })).api!.hash];
  await change('api', 'sql/1.sql', 'changed');
  hashes.push((await migrated()).hash);
  await change('api', 'sql/1.down.sql', 'undo');
  hashes.push((await migrated()).hash);
  const all = await migrated('sql/*');
  hashes.push(all.hash);
  assert.equal(new Set(hashes).size, hashes.length);
  assert.deepEqual((await readdir(join(all.path, 'sql'))).toSorted(), ['1.down.sql', '1.sql', '2.txt']);

  await change('api', 'sql/1.sql', 'one');
  await rm(join(project.root, 'services/api/sql/1.down.sql'));
  assert.equal((await migrated()).hash, first.hash);
});

test('a migration that the code imports is copied too', async () => {
  await source('api', { 'main.ts': `import './sql/1.ts';`, 'sql/1.ts': 'export const one: number = 1;' });
  const plain = (await release({ api: {} })).api!;
  const { hash, path } = (
    await release({ api: { preDeploy: { command: ['./migrate'], migrations: 'sql/*.ts' } } })
  ).api!;
  assert.notEqual(hash, plain.hash);
  assert.deepEqual(await readdir(join(path, 'sql')), ['1.ts']);
});
