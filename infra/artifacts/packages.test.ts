import assert from 'node:assert/strict';
import { test } from 'vitest';
import { byPackage } from './packages.ts';

test('files of installed packages are replaced by the innermost package folders; other paths are kept', () => {
  const installed = ['node_modules/a', 'node_modules/@s/b', 'node_modules/a/node_modules/c'];
  const packages = new Map(installed.map((folder) => [folder, 'sha512-x']));
  const paths = {
    'node_modules/a/index.js': 'node_modules/a',
    'node_modules/@s/b/lib/x.js': 'node_modules/@s/b',
    'node_modules/a/node_modules/c/x.js': 'node_modules/a/node_modules/c',
    '../elsewhere/node_modules/a/x.js': 'node_modules/a',
    'node_modules/linked/x.js': 'node_modules/linked/x.js',
    'services/api/main.ts': 'services/api/main.ts',
  };
  for (const [path, folder] of Object.entries(paths)) assert.deepEqual(byPackage([path], packages), [folder]);
  const folders = byPackage(Object.keys(paths), packages);
  assert.deepEqual(byPackage(folders, packages), folders, 'what is remembered stands for itself');
});
