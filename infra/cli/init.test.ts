import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../../tests/servers.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { buildGraph } from '../graph/graph.ts';
import { commonjs, filesOf, makeRepository, runInit } from '../init/testing.ts';
import { loadStack } from '../stack/load.ts';
import { chooseTarget } from '../targets/index.ts';

async function initialised(t: TestContext, files: Record<string, string> = {}) {
  const folder = makeRepository(t, files);
  const { code, output, problem } = await runInit(folder, '--yes');
  assert.deepEqual([code, problem], [0, '']);
  return { folder, output };
}

test('without a terminal it shows everything, writes nothing and names the flag for scripts', async (t) => {
  const folder = makeRepository(t, { 'package.json': commonjs });
  const { code, output, problem } = await runInit(folder);
  assert.equal(code, 1);
  assert.match(output, /^── stacks\/shop\.yaml \(new\) ─+$/m);
  assert.match(output, /^\+ name: shop$/m);
  assert.equal(
    problem,
    'There is no terminal to ask on, so nothing was written. To write without a question: npx --no -- railhead init --yes',
  );
  assert.deepEqual(filesOf(folder), { 'package.json': commonjs });
});

test('an empty folder gets a hello service that the target accepts, and the second run has nothing to do', async (t) => {
  const { folder, output } = await initialised(t, { 'package.json': commonjs });
  assert.ok(
    output.split('\n').every((line) => line.length <= 80),
    output,
  );
  assert.match(output, /^Next: npm run up -- -s dev$/m);
  const files = filesOf(folder);
  assert.deepEqual(Object.keys(files), [
    ...[
      '.gitignore',
      'Pulumi.dev.yaml',
      'Pulumi.yaml',
      'infra/index.ts',
      'infra/package.json',
      'package.json',
    ],
    ...['services/hello/main.ts', 'services/hello/package.json', 'stacks/shop.yaml'],
  ]);
  assert.deepEqual(parse(files['Pulumi.yaml'] ?? ''), {
    name: 'shop',
    runtime: { name: 'nodejs', options: { typescript: false } },
    main: 'infra/index.ts',
    plugins: { providers: [{ name: 'railhead', path: 'node_modules/railhead/dist/plugin' }] },
    config: {
      'kubernetes:enableSecretMutable': { value: true },
      'kubernetes:enableConfigMapMutable': { value: true },
    },
  });
  assert.deepEqual(parse(files['Pulumi.dev.yaml'] ?? ''), {
    config: {
      'railhead:stackFile': 'stacks/shop.yaml',
      'railhead:target': 'process',
      'railhead:ownMachine': true,
    },
  });
  const target = await chooseTarget({ name: 'dev', target: 'process' });
  const graph = buildGraph(loadStack(join(folder, 'stacks/shop.yaml')), 'dev', { target });
  assert.deepEqual(
    [graph.services.map(({ name }) => name), graph.gateway, graph.warnings],
    [['hello'], undefined, []],
  );
  const { code, output: again } = await runInit(folder, '--yes');
  assert.deepEqual([code, again], [0, 'Nothing to do: shop has everything that init writes.\n']);
  assert.deepEqual(filesOf(folder), files);
});

test('the stack file names the schema of the installed package', async (t) => {
  const { folder } = await initialised(t, { 'package.json': commonjs });
  const [, schema = ''] =
    /^# yaml-language-server: \$schema=(.+)\n/.exec(filesOf(folder)['stacks/shop.yaml'] ?? '') ?? [];
  assert.equal(schema, '../node_modules/railhead/stacks/schema.json');
  assert.ok(JSON.parse(readFileSync(join(folder, 'stacks', schema), 'utf8')));
});

test('the hello service starts with node, answers and stops', async (t) => {
  const { folder } = await initialised(t, { 'package.json': commonjs });
  const port = await freePort();
  const env = { PATH: process.env['PATH'], PORT: String(port), HOST: '127.0.0.1' };
  const child = spawn(process.execPath, ['services/hello/main.ts'], { cwd: folder, env });
  t.onTestFinished(() => void child.kill('SIGKILL'));
  const answer = await eventually(() => fetch(`http://127.0.0.1:${port}/`));
  assert.deepEqual([answer.status, await answer.text()], [200, 'Hello from services/hello/main.ts\n']);
  const health = await fetch(`http://127.0.0.1:${port}/health`);
  assert.deepEqual([health.status, await health.text()], [200, 'ok\n']);
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});

describe('the program is an ES module for Pulumi, and the module type of the user stays', () => {
  // How @pulumi/pulumi loads a program: it imports it if the nearest package.json says "module", else it requires it.
  const nearestType = (files: Record<string, string>) =>
    (JSON.parse(files['infra/package.json'] ?? files['package.json'] ?? '') as { type?: string }).type;

  for (const [type, own] of [
    ['commonjs', true],
    [undefined, true],
    ['module', false],
  ] as const) {
    test(`with "type": ${type}`, async (t) => {
      const manifest = JSON.stringify({ name: 'shop', type });
      const { folder } = await initialised(t, { 'package.json': manifest });
      const files = filesOf(folder);
      assert.equal('infra/package.json' in files, own);
      assert.equal(nearestType(files), 'module');
      assert.equal((JSON.parse(files['package.json'] ?? '') as { type?: string }).type, type);
    });
  }

  test('without a package.json', async (t) => {
    const { folder } = await initialised(t);
    const files = filesOf(folder);
    assert.deepEqual(['infra/package.json' in files, nearestType(files)], [false, 'module']);
  });
});

test('init proposes a service for each program that it finds, and lists a service that would be invalid with the reason', async (t) => {
  const code = "createServer().listen(process.env.PORT ?? 3000);\napp.get('/health', ok);\n";
  const { folder, output } = await initialised(t, {
    'package.json': JSON.stringify({ name: '@acme/shop', workspaces: ['packages/*'] }),
    'packages/web/package.json': JSON.stringify({ name: '@acme/web', scripts: { start: 'tsx main.ts' } }),
    'packages/web/main.ts': code,
    'my app/requirements.txt': '',
    'my app/main.py': '',
  });
  assert.match(
    output,
    /^ {2}web +packages\/web +script "start" runs main\.ts; port 3000 \(main\.ts:1\); health$/m,
  );
  assert.match(output, /^Not proposed\n {2}my app +"my app" is not a folder inside the repository/m);
  const stack = filesOf(folder)['stacks/shop.yaml'] ?? '';
  assert.deepEqual((parse(stack) as { services: unknown }).services, {
    web: { source: 'packages/web', start: 'node main.js', port: 3000, health: { path: '/health' } },
  });
  assert.match(stack, /^# gateway:$/m);
});

test('with workerd installed, the gateway leads to the services', async (t) => {
  const start = (port: number) => `createServer().listen(process.env.PORT ?? ${port})`;
  const manifest = JSON.stringify({ scripts: { start: 'node main.js' } });
  const { folder } = await initialised(t, {
    'package.json': JSON.stringify({ name: 'shop' }),
    'node_modules/workerd/package.json': '{}',
    ...{ 'web/package.json': manifest, 'web/main.ts': start(8080) },
    ...{ 'api/package.json': manifest, 'api/main.ts': start(3000) },
  });
  assert.deepEqual((parse(filesOf(folder)['stacks/shop.yaml'] ?? '') as { gateway: unknown }).gateway, {
    port: 8081,
    routes: [
      { path: '/api/*', to: 'api' },
      { path: '/*', to: 'web' },
    ],
  });
});

test('scripts and ignored files of the user stay', async (t) => {
  const manifest = '{ "name": "shop",\n\t"scripts": { "up": "docker compose up" } }';
  const { folder, output } = await initialised(t, { 'package.json': manifest, '.gitignore': '*.log' });
  const files = filesOf(folder);
  assert.equal(
    files['package.json'],
    '{ "name": "shop",\n\t"scripts": { "up": "docker compose up", "down": "railhead down", "pulumi": "railhead pulumi" } }',
  );
  assert.equal(files['.gitignore'], '*.log\n.railhead/\n');
  assert.match(output, /package\.json keeps its own script "up"\. Railhead's is: npx --no -- railhead up/);
  assert.match(output, /^Next: npx --no -- railhead up -s dev$/m);
});

test('a Pulumi project keeps its files; the lines to add are printed until they are there', async (t) => {
  const own = {
    'Pulumi.yaml': 'name: shop\nruntime: nodejs\n',
    'Pulumi.dev.yaml': 'config: {}\n',
    'index.ts': '// mine\n',
  };
  const { folder, output } = await initialised(t, { ...own, 'package.json': commonjs });
  const lines = [
    'Add to Pulumi.yaml:\n\n    plugins:\n      providers:\n        - name: railhead\n',
    'Add to Pulumi.dev.yaml, below "config":\n\n    railhead:stackFile: stacks/shop.yaml\n    railhead:target: process\n',
    "Add to the program, index.ts:\n\n    import { deploy } from 'railhead';\n\n    const system = await deploy();\n",
  ];
  for (const line of lines) assert.ok(output.includes(line), output);
  const files = filesOf(folder);
  for (const [name, text] of Object.entries(own)) assert.equal(files[name], text);
  assert.ok(!('infra/index.ts' in files));
  const again = await runInit(folder, '--yes');
  for (const line of lines) assert.ok(again.output.includes(line), again.output);
  assert.deepEqual(filesOf(folder), files);
});

test('init keeps an existing infra/index.ts and prints the lines to add', async (t) => {
  const { folder, output } = await initialised(t, {
    'package.json': commonjs,
    'infra/index.ts': '// mine\n',
  });
  assert.equal(filesOf(folder)['infra/index.ts'], '// mine\n');
  assert.match(output, /^Add to the program, infra\/index\.ts:$/m);
});

test('the plugin is found in the node_modules of a workspace, and through the link that pnpm makes', async (t) => {
  const folder = makeRepository(t, {
    'apps/shop/package.json': '{"name":"shop"}',
    'node_modules/.pnpm/': '',
  });
  renameSync(join(folder, 'node_modules/railhead'), join(folder, 'node_modules/.pnpm/railhead'));
  symlinkSync('.pnpm/railhead', join(folder, 'node_modules/railhead'));
  const { code, problem } = await runInit(join(folder, 'apps/shop'), '--yes');
  assert.deepEqual([code, problem], [0, '']);
  const files = filesOf(join(folder, 'apps/shop'));
  assert.match(files['Pulumi.yaml'] ?? '', /path: \.\.\/\.\.\/node_modules\/railhead\/dist\/plugin\n/);
  assert.match(
    files['stacks/shop.yaml'] ?? '',
    /schema=\.\.\/\.\.\/\.\.\/node_modules\/railhead\/stacks\/schema\.json\n/,
  );
});

test('the program exports the URL of the system only with a gateway: Pulumi warns of an output without a value', async (t) => {
  const exported = (files: Record<string, string>) => files['infra/index.ts']?.match(/^export const \w+/gm);
  const { folder } = await initialised(t, { 'package.json': commonjs });
  assert.deepEqual(exported(filesOf(folder)), ['export const services']);
  const stack = 'name: shop\nservices: {}\ngateway: {}\n';
  const other = await initialised(t, { 'package.json': commonjs, 'stacks/shop.yaml': stack });
  assert.deepEqual(exported(filesOf(other.folder)), ['export const url', 'export const services']);
  assert.equal(filesOf(other.folder)['stacks/shop.yaml'], stack);
});

test('a package that the project does not find is to be installed, with the command of its package manager', async (t) => {
  const { output } = await initialised(t, { 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': '' });
  assert.match(output, /^ {2}- {2}pnpm add -D -w @pulumi\/pulumi@\S+$/m);
  const found = await initialised(t, { 'node_modules/@pulumi/pulumi/package.json': '{}' });
  assert.ok(!found.output.includes('Before the first start'), found.output);
});

test('outside of git it says that git cannot undo the changes', async (t) => {
  const { output } = await initialised(t);
  assert.match(output, /^ {2}This folder is in no git repository, so git cannot undo the changes\.$/m);
});
