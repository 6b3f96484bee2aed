import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { buildGraph } from '../../graph/graph.ts';
import { loadStack } from '../../stack/load.ts';
import { scratch } from '../../stack/scratch.ts';
import type { ArtifactInputs } from '../types.ts';
import { listRelease } from './list-release.ts';
import { SourceTree } from './source-tree.ts';

const lock = JSON.stringify({
  packages: { 'node_modules/one': { version: '1.2.3', integrity: 'sha512-1' } },
});

const files = {
  'package-lock.json': lock,
  'services/api/main.ts': `import { a } from './used.js'; import 'one'; import '../shared';`,
  'services/api/used.ts': 'export const a = 1;',
  'services/api/unused.ts': '',
  'services/api/public/a.txt': 'a',
  'services/shared/index.ts': `import fs from 'node:fs';`,
};

const api = '\n  api: { source: services/api }';

test('a bundle consists of what its entries reach, its public folder, and the packages of the lockfile', async (t) => {
  const { inputs } = await list(project(t), api);
  assert.deepEqual(Object.keys(inputs.files), [
    'services/api/main.ts',
    'services/api/public/a.txt',
    'services/api/used.ts',
    'services/shared/index.ts',
  ]);
  assert.deepEqual(inputs.packages, { 'node_modules/one': '1.2.3 sha512-1' });
  assert.equal(inputs.settings, 'entries: main.ts');
});

test('the hash depends on the listed inputs only', async (t) => {
  const root = project(t);
  const hash = async () => (await list(root, api)).hash;
  const first = await hash();
  write(root, 'services/api/unused.ts', 'console.log(1);');
  assert.equal(await hash(), first);
  write(root, 'services/api/used.ts', 'export const a = 2;');
  const second = await hash();
  assert.notEqual(second, first);
  write(root, 'package-lock.json', lock.replace('sha512-1', 'sha512-2'));
  assert.notEqual(await hash(), second);
});

test('the whole folder counts where imports are not known without a bundler', async (t) => {
  const unknown: Record<string, string>[] = [
    { 'services/api/main.ts': 'await import(`./pages/${1}.ts`);' },
    { 'services/api/main.ts': `import './generated.ts';` },
    { 'services/api/main.ts': `import '#internal';` },
    { 'services/api/main.ts': `import 'not-in-the-lockfile';` },
    { 'services/api/main.ts': `import '../../../outside.ts'; import '/outside.ts';` },
    { 'services/api/main.ts': '', 'tsconfig.json': '{ "compilerOptions": { "paths": {} } }' },
  ];
  for (const changed of unknown) {
    const { inputs } = await list(project(t, changed), api);
    assert.ok('services/api/unused.ts' in inputs.files, JSON.stringify(changed));
  }
});

test('copies, builds and images of a Dockerfile consist of the whole folder', async (t) => {
  const root = project(t, { 'py/app.py': '', 'py/Dockerfile': '', 'py/node_modules/x.js': '' });
  const all = ['py/Dockerfile', 'py/app.py'];
  const [copy, build, dockerfile] = [
    await listImage(root, 'start: python3 app.py'),
    await listImage(root, 'start: python3 app.py, build: make'),
    await listImage(root, 'dockerfile: Dockerfile, port: 80'),
  ];
  for (const inputs of [copy, build, dockerfile]) assert.deepEqual(Object.keys(inputs.files), all);
  assert.match(build.settings, /^command: make\n/);
  assert.equal(dockerfile.settings, 'dockerfile: Dockerfile');
});

test('an image of a wider build context consists of what its .dockerignore keeps', async (t) => {
  const root = project(t, {
    'py/app.py': '',
    'py/Dockerfile': '',
    'libs/a.py': '',
    '.dockerignore': '*\n!py\n!libs',
  });
  const inputs = await listImage(root, 'dockerfile: { path: py/Dockerfile, context: . }, port: 80');
  const expected = ['.dockerignore', 'libs/a.py', 'py/Dockerfile', 'py/app.py'];
  assert.deepEqual(Object.keys(inputs.files), expected);
  assert.equal(inputs.settings, 'dockerfile: py/Dockerfile\ncontext: .');
});

test('a source folder with "/" at its end has the same files', async (t) => {
  const root = project(t);
  const keys = async (source: string, fields = '') =>
    Object.keys((await list(root, `\n  api: { source: ${source}${fields} }`)).inputs.files);
  for (const fields of ['', ', start: ./run', ', build: make, start: ./run']) {
    const expected = await keys('services/api', fields);
    assert.ok(expected.length > 1);
    for (const source of ['services/api/', './services//api']) {
      assert.deepEqual(await keys(source, fields), expected);
    }
  }
});

test('the settings of an image contain only hashes of build arguments', async (t) => {
  const root = project(t, { Dockerfile: '', 'py/Dockerfile': '' });
  const settings = async (value: string) => {
    const variables = `variables: { NPM_TOKEN: ${value} }, buildVariables: [NPM_TOKEN]`;
    return (await listImage(root, `dockerfile: Dockerfile, port: 80, ${variables}`)).settings;
  };
  const first = await settings('hunter2');
  assert.equal(first, 'dockerfile: Dockerfile\nargument NPM_TOKEN: f52fbd32');
  assert.notEqual(await settings('hunter3'), first);
});

test('an import of the own package counts all files that it can mean', async (t) => {
  const manifest = (exports: unknown) => ({
    'package.json': JSON.stringify({ name: 'shop', exports }),
    'services/api/main.ts': `import 'shop/lib/a';`,
    'lib/a.ts': '',
    'lib/b.ts': '',
  });
  const lib = async (exports: unknown) =>
    Object.keys((await list(project(t, manifest(exports)), api)).inputs.files).filter((file) =>
      file.startsWith('lib/'),
    );
  assert.deepEqual(await lib({ './lib/a': { types: './lib/a.d.ts', import: './lib/a.ts' } }), ['lib/a.ts']);
  assert.deepEqual(await lib({ './lib/a': { browser: './lib/b.ts', import: './lib/a.ts' } }), [
    'lib/a.ts',
    'lib/b.ts',
  ]);
  for (const exports of [
    { './lib/b': './lib/b.ts', './*': './*.ts' },
    { './lib/a': './dist/a.js' },
    { './lib/b': './lib/b.ts' },
    undefined,
  ]) {
    assert.deepEqual(await lib(exports), ['lib/a.ts', 'lib/b.ts'], JSON.stringify(exports));
  }
});

test('migrations are inputs of every kind of artifact, with their hashes in order', async (t) => {
  const root = project(t, {
    'services/api/migrate': '',
    'services/api/sql/2.sql': '2',
    'services/api/sql/10.sql': '10',
    'services/api/sql/2.down.sql': 'undo',
  });
  const preDeploy = 'preDeploy: { command: ./migrate, migrations: sql/*.sql }';
  for (const kind of ['', 'start: ./run, ', 'build: make, start: ./run, ']) {
    const { inputs } = await list(root, `\n  api: { source: services/api, ${kind}${preDeploy} }`);
    const names = ['sql/10.sql', 'sql/2.down.sql', 'sql/2.sql'];
    assert.deepEqual(
      inputs.migrations,
      names.map((name) => [name, inputs.files[`services/api/${name}`]]),
    );
    assert.match(inputs.migrations[0]?.[1] ?? '', /^[0-9a-f]{16}$/);
  }
});

test('a project in a folder of the repository has paths below it, and the lockfile above it', async (t) => {
  const moved = Object.entries(files).map(([path, text]) => [
    path.startsWith('services') ? `apps/shop/${path}` : path,
    text,
  ]);
  const top = scratch(t, Object.fromEntries(moved) as Record<string, string>);
  const { inputs } = await list(top, api, 'api', undefined, 'apps/shop');
  assert.ok('services/shared/index.ts' in inputs.files);
  assert.deepEqual(Object.keys(inputs.packages), ['../../node_modules/one']);
});

test('no symbolic link is followed, and no file is read for its size', async (t) => {
  const secret = scratch(t, { 'secret.ts': `import './canary.ts';` });
  const root = project(t, {
    'services/api/main.ts': `import './link.ts'; import './big.ts'; import './sub/x.ts';`,
  });
  symlinkSync(join(secret, 'secret.ts'), join(root, 'services/api/link.ts'));
  symlinkSync(secret, join(root, 'services/api/sub'));
  write(root, 'services/api/big.ts', `import './unused.ts';\n${'x'.repeat(17 * 1024 * 1024)}`);
  const { inputs } = await list(root, api);
  assert.ok(!JSON.stringify(inputs).includes('canary'));
  assert.ok('services/api/big.ts' in inputs.files);
  assert.ok(!('services/api/link.ts' in inputs.files));
});

function project(t: TestContext, changed: Record<string, string> = {}): string {
  return scratch(t, { ...files, ...changed });
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Lists the artifact of a service of this stack file. */
async function list(
  top: string,
  services: string,
  name = 'api',
  containers?: [],
  folder = '.',
): Promise<{ hash: string; inputs: ArtifactInputs }> {
  const file = join(top, folder, 'stack.yaml');
  writeFileSync(file, `name: x\nservices:${services}\n`);
  const graph = buildGraph(loadStack(file), 'test');
  const listed = await listRelease(graph, {
    tree: await SourceTree.open(top),
    project: folder,
    root: '/',
    containers,
  });
  return listed[name]!;
}

/** Lists the inputs of a service with the source folder `py`, on a target that runs containers. */
async function listImage(root: string, fields: string): Promise<ArtifactInputs> {
  return (await list(root, `\n  py: { source: py, ${fields} }`, 'py', [])).inputs;
}
