import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { buildRelease } from './release.ts';
import { execute, graphOf, temporaryProject } from './testing.ts';

const { project, release, source, change, write, touch, artifacts } = temporaryProject();

test('a Node service is bundled to one file per command, next to its public folder', async () => {
  await source('api', {
    'main.ts': `import { greet } from './greet.ts'; console.log(greet(process.argv[2] ?? 'you'));`,
    'greet.ts': 'export const greet = (name: string): string => `hello ${name}`;',
    'migrate.ts': `console.log('migrated');`,
    'public/style.css': 'body { margin: 0 }',
  });
  const { api } = await release({ api: { preDeploy: { command: ['node migrate.js'] } } });
  assert.ok(api);
  assert.deepEqual((await readdir(api.path)).toSorted(), ['main.js', 'migrate.js', 'package.json', 'public']);
  assert.equal(execute(api.path, 'main.js', 'Ada'), 'hello Ada\n');
  assert.equal(execute(api.path, 'migrate.js'), 'migrated\n');
  assert.equal(await readFile(join(api.path, 'public/style.css'), 'utf8'), 'body { margin: 0 }');
});

test('the hash depends on the actual inputs only', async () => {
  const files = {
    'main.ts': `import './used.ts';`,
    'used.ts': `console.log(1);`,
    'unused.ts': `console.log(2);`,
    'public/a.txt': 'a',
  };
  await source('api', files);
  const hash = async () => (await release({ api: {} })).api?.hash;
  const first = await hash();
  assert.match(first ?? '', /^[0-9a-f]{16}$/);

  await change('api', 'unused.ts', 'console.log(3);');
  await touch('api', 'used.ts');
  assert.equal(await hash(), first, 'an unused file and a newer date change nothing');

  await change('api', 'used.ts', 'console.log(4);');
  const second = await hash();
  assert.notEqual(second, first, 'an imported file does');

  await change('api', 'public/b.txt', 'b');
  assert.notEqual(await hash(), second, 'and so does a new public file');

  await change('api', 'used.ts', files['used.ts']);
  await rm(join(project.root, 'services/api/public/b.txt'));
  assert.equal(await hash(), first, 'going back gives the first name again');
});

test('a new import changes the hash, and its later changes do too', async () => {
  await source('api', { 'main.ts': 'console.log(1);' });
  const hash = async () => (await release({ api: {} })).api?.hash;
  const hashes = [await hash()];
  await change('api', 'late.ts', 'export const late = 1;');
  await change('api', 'main.ts', `import { late } from './late.ts'; console.log(late);`);
  hashes.push(await hash());
  await change('api', 'late.ts', 'export const late = 2;');
  hashes.push(await hash());
  assert.equal(new Set(hashes).size, 3);
});

test('an added command and another source folder change the hash', async () => {
  await source('api', { 'main.ts': 'console.log(1);', 'migrate.ts': 'console.log(2);' });
  await source('other', { 'main.ts': 'console.log(3);' });
  const hash = async (fields: object) => (await release({ api: fields })).api?.hash;
  const hashes = [await hash({})];
  const preDeploy = { command: ['node migrate.js'] };
  hashes.push(await hash({ preDeploy }));
  await change('api', 'migrate.ts', 'console.log(4);');
  hashes.push(await hash({ preDeploy }));
  hashes.push(await hash({ source: 'services/other' }));
  assert.equal(new Set(hashes).size, 4);
});

test.for(['without git', 'in a git work tree'])(
  "%s, Railhead's own folder is not part of a service at the root of the project",
  async (kind) => {
    if (kind === 'in a git work tree') execFileSync('git', ['init', '-q', project.root]);
    await writeFile(join(project.root, 'app.py'), 'print(1)');
    const fields: object = { source: '.', start: 'python3 app.py' };
    const first = await release({ app: fields });
    assert.deepEqual(await readdir(first.app!.path), ['app.py']);
    assert.deepEqual(await release({ app: fields }), first);
  },
);

test("the hash depends on npm's record of a package", async () => {
  await source('api', { 'main.ts': `import 'one';` });
  const install = async (integrity: string, code: string) => {
    const record = { packages: { 'node_modules/one': { integrity } } };
    await write('node_modules/.package-lock.json', JSON.stringify(record));
    await write('node_modules/one/index.js', code);
    return (await release({ api: {} })).api?.hash;
  };
  const first = await install('sha512-1', 'console.log(1);');
  assert.notEqual(await install('sha512-2', 'console.log(2);'), first);
  assert.equal(await install('sha512-1', 'console.log(1);'), first);
  await rm(join(project.root, 'node_modules/.package-lock.json'));
  assert.notEqual((await release({ api: {} })).api?.hash, first, 'without a record its files count');
});

test('two clones have the same hash for the same source', async () => {
  await source('api', { 'main.ts': 'console.log(1);' });
  const here = await release({ api: {} });
  const other = await mkdtemp(join(tmpdir(), 'railhead-artifacts-'));
  try {
    await cp(join(project.root, 'services'), join(other, 'services'), { recursive: true });
    const there = await buildRelease(graphOf({ api: {} }), {
      pins: undefined,
      containers: undefined,
      root: other,
      preview: false,
      progress: () => {},
    });
    assert.equal(there.api?.hash, here.api?.hash);
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

test('a removed artifact folder is rebuilt from the cached inputs', async () => {
  await source('api', { 'main.ts': `console.log('again');` });
  const first = await release({ api: {} });
  assert.ok(first.api);
  await rm(first.api.path, { recursive: true });
  assert.deepEqual(await release({ api: {} }), first);
  assert.deepEqual(project.built, ['Building api']);
  await release({ api: {} });
  assert.deepEqual(project.built, [], 'what is there is not built again');
  assert.equal(execute(first.api.path, 'main.js'), 'again\n');
});

test("a build command runs in a copy, without the caller's variables, and not in a preview", async () => {
  await source('py', { 'server.py': 'print(1)' });
  const config = { build: 'env > seen && cp server.py built.py', start: 'python3 built.py' };
  process.env.RAILHEAD_TEST_TOKEN = 'must-not-leak';
  const preview = await release({ py: config }, true);
  assert.ok(preview.py);
  await assert.rejects(readdir(preview.py.path), { code: 'ENOENT' });
  const { py } = await release({ py: config });
  assert.deepEqual(py, preview.py);
  assert.deepEqual((await readdir(py.path)).toSorted(), ['built.py', 'seen', 'server.py']);
  assert.doesNotMatch(await readFile(join(py.path, 'seen'), 'utf8'), /must-not-leak/);
  assert.deepEqual(await readdir(join(project.root, 'services/py')), ['server.py']);
});

test('a failing build throws a UserError with its last lines and leaves no files', async () => {
  await source('py', { 'server.py': '' });
  const failing = release({ py: { build: 'echo line one; echo broken >&2; exit 3', start: 'true' } });
  await assert.rejects(failing, {
    name: 'UserError',
    message:
      /build of py failed with exit code 3[^]*line one[^]*broken\nNext: cd ".*\/services\/py" && echo line one/,
  });
  assert.deepEqual(await artifacts(), []);
});

test('an error in the source is reported with its position', async () => {
  await source('api', { 'main.ts': `import './nowhere.ts';` });
  await assert.rejects(release({ api: {} }), {
    name: 'UserError',
    message: /^services\/api\/main\.ts:1:8 {2}Could not resolve "\.\/nowhere\.ts"/,
  });
  assert.deepEqual(await artifacts(), []);
});

test('a folder of another runtime is copied unchanged, without the files that git ignores', async () => {
  await source('site', { 'server.py': '', 'pages/index.html': '<p>', '.gitignore': 'cache\n', cache: 'x' });
  execFileSync('git', ['init', '-q', project.root]);
  const { site } = await release({ site: { start: 'python3 server.py' } });
  assert.ok(site);
  assert.deepEqual((await readdir(site.path)).toSorted(), ['.gitignore', 'pages', 'server.py']);
});
