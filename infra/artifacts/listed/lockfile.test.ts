import assert from 'node:assert/strict';
import { test } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { lockedClosure } from './lockfile.ts';
import { SourceTree } from './source-tree.ts';

const npm = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { a: '^1' } },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '1', c: '1' } },
    'node_modules/a/node_modules/b': { version: '1.9.0', integrity: 'sha512-b1' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b2' },
    'node_modules/c': { version: '3.0.0', resolved: 'git+ssh://c.git#abc', optionalDependencies: { a: '1' } },
    'node_modules/@acme/lib': { resolved: 'packages/lib', link: true },
    'packages/lib': { version: '0.0.0', dependencies: { b: '2' } },
    'packages/lib/node_modules/b': { version: '2.1.0', integrity: 'sha512-b3' },
  },
});

const pnpm = `
lockfileVersion: '9.0'
importers:
  apps/shop:
    dependencies:
      a: { specifier: ^1, version: 1.0.0(p@4.0.0) }
      '@acme/lib': { specifier: 'workspace:*', version: link:../../packages/lib }
  packages/lib:
    dependencies:
      b: { specifier: ^2, version: 2.0.0 }
packages:
  a@1.0.0: { resolution: { integrity: sha512-a } }
  b@1.9.0: { resolution: { integrity: sha512-b1 } }
  b@2.0.0: { resolution: { integrity: sha512-b2 } }
  p@4.0.0: { resolution: { integrity: sha512-p } }
snapshots:
  a@1.0.0(p@4.0.0): { dependencies: { b: 1.9.0, p: 4.0.0 } }
  b@1.9.0: {}
  b@2.0.0: { dependencies: { b: 1.9.0 } }
  p@4.0.0: {}
`;

const plain = (found: ReturnType<typeof lockedClosure>) =>
  found && { packages: Object.fromEntries(found.packages), folders: [...found.folders] };

test('npm: a package is listed with what it depends on, each as Node finds it', async (t) => {
  const tree = await SourceTree.open(scratch(t, { 'package-lock.json': npm }));
  assert.deepEqual(plain(lockedClosure(tree, 'services/api/main.ts', 'a')), {
    packages: {
      'node_modules/a': '1.0.0 sha512-a',
      'node_modules/a/node_modules/b': '1.9.0 sha512-b1',
      'node_modules/c': '3.0.0 git+ssh://c.git#abc',
    },
    folders: [],
  });
  assert.equal(lockedClosure(tree, 'services/api/main.ts', 'unknown'), undefined);
  assert.equal(lockedClosure(tree, 'services/api/main.ts', '__proto__'), undefined);
});

test('npm: a package of the workspace is its folder, with the packages that it depends on', async (t) => {
  const tree = await SourceTree.open(scratch(t, { 'package-lock.json': npm }));
  assert.deepEqual(plain(lockedClosure(tree, 'apps/shop/main.ts', '@acme/lib')), {
    packages: { 'packages/lib/node_modules/b': '2.1.0 sha512-b3' },
    folders: ['packages/lib'],
  });
});

test('pnpm: packages and folders of the workspace, for the nearest folder that depends on them', async (t) => {
  const tree = await SourceTree.open(scratch(t, { 'pnpm-lock.yaml': pnpm }));
  assert.deepEqual(plain(lockedClosure(tree, 'apps/shop/services/api/main.ts', 'a')), {
    packages: {
      'node_modules/a': '1.0.0 sha512-a',
      'node_modules/b': '1.9.0 sha512-b1',
      'node_modules/p': '4.0.0 sha512-p',
    },
    folders: [],
  });
  assert.deepEqual(plain(lockedClosure(tree, 'apps/shop/services/api/main.ts', '@acme/lib')), {
    packages: { 'node_modules/b': '1.9.0 sha512-b1, 2.0.0 sha512-b2' },
    folders: ['packages/lib'],
  });
  assert.equal(lockedClosure(tree, 'other/main.ts', 'a'), undefined);
});

test('the nearest lockfile that has a package counts; one of another format counts as a whole', async (t) => {
  const own = JSON.stringify({
    packages: { 'node_modules/b': { version: '9.0.0', integrity: 'sha512-own' } },
  });
  const tree = await SourceTree.open(
    scratch(t, { 'package-lock.json': npm, 'services/api/package-lock.json': own, 'other/yarn.lock': 'x' }),
  );
  const names = (importer: string, name: string) => [
    ...(lockedClosure(tree, importer, name)?.packages.keys() ?? []),
  ];
  assert.deepEqual(names('services/api/main.ts', 'b'), ['services/api/node_modules/b']);
  assert.deepEqual(names('services/api/main.ts', '@acme/lib'), ['packages/lib/node_modules/b']);
  assert.deepEqual(names('other/main.ts', 'b'), ['other/yarn.lock']);
});

test('a damaged lockfile counts as a whole', async (t) => {
  for (const [file, text] of [
    ['package-lock.json', '{'],
    ['package-lock.json', '{ "packages": [null, 1] }'],
    ['pnpm-lock.yaml', 'importers: [}'],
    ['pnpm-lock.yaml', 'packages: 3'],
  ] as const) {
    const tree = await SourceTree.open(scratch(t, { [file]: text }));
    assert.equal(lockedClosure(tree, 'a/main.ts', 'b')?.packages.has(file), true, text);
  }
});
