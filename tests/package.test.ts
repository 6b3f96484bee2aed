import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { packageRoot } from '../infra/common/roots.ts';

const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('the package holds programs and the files that they read: no source, test, service or golden file', () => {
  const files = packedFiles();
  assert.deepEqual(
    files.filter(
      (file) =>
        !/^(dist|infra\/(api|data|github\/workflows)|stacks\/([a-z-]+\.)?schema\.json|tools\/(engine|railhead\.mjs))|^[A-Za-z.]+$/.test(
          file,
        ),
    ),
    [],
  );
  assert.deepEqual(
    files.filter((file) => /\.test\.|golden|services\/|(?<!\.d)\.ts$/.test(file)),
    [],
  );
  const read = globSync(['infra/data/**/*.sh', 'infra/github/workflows/*', 'stacks/*schema.json'], {
    cwd: packageRoot,
  });
  for (const file of [
    ...read,
    'tools/engine/go.mod',
    'tools/engine/go.sum',
    'LICENSE',
    'CHANGELOG.md',
    'dist/THIRD-PARTY.txt',
    'infra/api/index.d.ts',
  ]) {
    assert.ok(files.includes(file), file);
  }
});

test('each entry that package.json names is in the package', () => {
  const files = packedFiles();
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  const named = [...text.matchAll(/"\.\/(dist\/[^"]+)"/g)].map(([, file = '']) => file);
  assert.ok(named.length >= 4);
  assert.deepEqual(
    named.filter((file) => !files.includes(file)),
    [],
  );
});

test('the package holds no part of an earlier build', () => {
  const earlier = 'dist/part-EARLIER.js';
  writeFileSync(join(packageRoot, earlier), '');
  // What `npm pack` runs first.
  execFileSync(process.execPath, ['tools/package/build.mjs'], { cwd: packageRoot });
  const files = packedFiles();
  assert.ok(files.some((file) => /^dist\/part-\w+\.js$/.test(file)));
  assert.ok(!files.includes(earlier));
});

test('a project that has the package installed validates its stack file, also from a subfolder', (t) => {
  const project = makeProject(t);
  mkdirSync(join(project, 'services/wéb site'), { recursive: true });
  for (const folder of [project, join(project, 'services/wéb site')]) {
    const { status, stdout, stderr } = railhead(folder, [], 'validate');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /shop\.yaml is valid\n$/);
  }
  assert.equal(railhead(project, [], '--version').stdout, `${manifest.version}\n`);
});

test('doctor asks a project for nothing that only a clone has', (t) => {
  const { stdout } = railhead(makeProject(t), [], 'doctor', '-s', 'dev');
  assert.match(stdout, /Pulumi CLI/);
  assert.doesNotMatch(stdout, /package-lock\.json|npm ci/);
});

test('a gateway without workerd is an error with the command that installs it', (t) => {
  const project = makeProject(t);
  const stack = 'name: shop\ngateway: { port: 8000, routes: [{ path: /*, to: web }] }\n' + service;
  writeFileSync(join(project, 'stacks/shop.yaml'), stack);
  const { status, stderr } = railhead(project, [], 'images', '-s', 'box');
  assert.equal(status, 1);
  assert.match(
    stderr,
    new RegExp(
      `not installed\\. Run: npm install --save-dev workerd@${manifest.devDependencies['workerd']}$`,
      'm',
    ),
  );
});

test('an old Node prints which one is needed, and how to get it', (t) => {
  const project = makeProject(t);
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.17.1' } })`;
  const { status, stderr } = railhead(project, ['--import', `data:text/javascript,${old}`], 'up');
  assert.equal(status, 1);
  assert.match(
    stderr,
    /needs Node 22\.18 or newer, and this is 22\.17\.1 .*\n.*npm install --save-dev node@24\n.*railhead up\n$/,
  );
});

const service = 'services: { web: { source: services, port: 3000, health: { path: /, ready: / } } }\n';

/** Makes a project in a temporary folder, with the packed files and what they depend on in node_modules. */
function makeProject(t: TestContext): string {
  const project = join(realpathSync(mkdtempSync(join(tmpdir(), 'railhead-project-'))), 'a shöp');
  t.onTestFinished(() => rmSync(dirname(project), { recursive: true }));
  for (const file of packedFiles()) {
    const target = join(project, 'node_modules/railhead', file);
    cpSync(join(packageRoot, file), target, { recursive: true });
  }
  const { '@pulumi/pulumi': pulumi = '' } = manifest.peerDependencies;
  assert.notEqual(pulumi, '');
  for (const name of [...Object.keys(manifest.dependencies), '@pulumi/pulumi']) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules', name), link);
  }
  mkdirSync(join(project, 'stacks'));
  mkdirSync(join(project, 'services'));
  const settings = 'railhead:stackFile: stacks/shop.yaml';
  const files = {
    'Pulumi.yaml': 'name: shop\nruntime: nodejs\n',
    'Pulumi.dev.yaml': `config: { ${settings}, railhead:target: process }\n`,
    'Pulumi.box.yaml': `config: { ${settings}, railhead:target: docker }\n`,
    'stacks/shop.yaml': `name: shop\n${service}`,
    'services/main.ts': '',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
  return project;
}

function railhead(folder: string, options: string[], ...args: string[]) {
  const modules = packageAbove(folder);
  return spawnSync(process.execPath, [...options, join(modules, 'railhead/tools/railhead.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
}

function packageAbove(folder: string): string {
  const [project = ''] = /^.*a shöp/.exec(folder) ?? [];
  return join(project, 'node_modules');
}

let packed: string[] | undefined;

/** Returns the files that `npm publish` would send, relative to the clone. */
function packedFiles(): string[] {
  const output = () =>
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: packageRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  packed ??= (JSON.parse(output()) as [{ files: { path: string }[] }])[0].files.map(({ path }) => path);
  return packed;
}
