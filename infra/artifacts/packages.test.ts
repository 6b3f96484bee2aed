import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { byPackage, readPackages } from './packages.ts';

/** Makes npm's record in a folder. */
function record(folder: string, packages: Record<string, { integrity?: string; link?: true }>): void {
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

function scratch(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'railhead-packages-')));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('files of installed packages are replaced by the innermost package folders; other paths are kept', async (t) => {
  const root = scratch(t);
  const installed = ['node_modules/a', 'node_modules/@s/b', 'node_modules/a/node_modules/c'];
  record(root, Object.fromEntries(installed.map((folder) => [folder, { integrity: 'sha512-x' }])));
  const packages = await readPackages(root);
  const paths = {
    'node_modules/a/index.js': 'node_modules/a',
    'node_modules/@s/b/lib/x.js': 'node_modules/@s/b',
    'node_modules/a/node_modules/c/x.js': 'node_modules/a/node_modules/c',
    'node_modules/linked/x.js': 'node_modules/linked/x.js',
    'node_modules/.pnpm/a@1/node_modules/a/x.js': 'node_modules/.pnpm/a@1/node_modules/a/x.js',
    'services/api/main.ts': 'services/api/main.ts',
  };
  for (const [path, folder] of Object.entries(paths)) assert.deepEqual(byPackage([path], packages), [folder]);
  const folders = byPackage(Object.keys(paths), packages);
  assert.deepEqual(byPackage(folders, packages), folders, 'what is remembered stands for itself');
});

test('a linked node_modules has the same names as one in the project', async (t) => {
  const base = scratch(t);
  record(join(base, 'elsewhere'), { 'node_modules/a': { integrity: 'sha512-a' } });
  mkdirSync(join(base, 'project'));
  symlinkSync(join(base, 'elsewhere/node_modules'), join(base, 'project/node_modules'));
  const packages = await readPackages(join(base, 'project'));
  assert.deepEqual(byPackage(['../elsewhere/node_modules/a/x.js'], packages), ['node_modules/a']);
  assert.equal(packages.integrity.get('node_modules/a'), 'sha512-a');
});

test('a project in a workspace uses the record of the folder above it, and its own before that', async (t) => {
  const base = scratch(t);
  record(base, {
    'node_modules/a': { integrity: 'sha512-above' },
    'apps/shop/node_modules/b': { integrity: 'sha512-nested' },
    'node_modules/shop': { link: true },
    'apps/shop/node_modules/c': { integrity: 'sha512-outer' },
  });
  const root = join(base, 'apps/shop');
  record(root, { 'node_modules/c': { integrity: 'sha512-own' } });
  const packages = await readPackages(root);
  const paths = ['../../node_modules/a/x.js', 'node_modules/b/x.js', 'node_modules/c/x.js', 'main.ts'];
  assert.deepEqual(byPackage(paths, packages), [
    '../../node_modules/a',
    'node_modules/b',
    'node_modules/c',
    'main.ts',
  ]);
  assert.deepEqual(Object.fromEntries(packages.integrity), {
    '../../node_modules/a': 'sha512-above',
    'node_modules/b': 'sha512-nested',
    'node_modules/c': 'sha512-own',
  });
});

test('without a record, no package is known', async (t) => {
  const packages = await readPackages(scratch(t));
  assert.deepEqual(byPackage(['node_modules/a/x.js'], packages), ['node_modules/a/x.js']);
});
