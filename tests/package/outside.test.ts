import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test, type TestContext } from 'vitest';
import { lacksEngine } from '../../infra/targets/testing/system.ts';
import { unless } from '../../tools/testing/unless.ts';
import { ask, Outside, packRailhead, python } from './outside.ts';

const node = (text: string) => `
import { createServer } from 'node:http';
createServer((_, response) => response.end(${JSON.stringify(text)})).listen(process.env.PORT, process.env.HOST);
`;

let archives: string, archive: string;
beforeAll(() => {
  archives = mkdtempSync(join(tmpdir(), 'railhead-archive-'));
  archive = packRailhead(archives);
});
afterAll(() => rmSync(archives, { recursive: true }));

/**
 * Makes the path of the repository 140 characters long, with a space and an umlaut. mkdtemp adds six characters to the name of
 * the temporary folder. npm refuses a name with an umlaut for the last folder, so that one is plain.
 */
const farAway = join(
  'Straße mit Umlaut'.padEnd(140 - join(tmpdir(), 'railhead-outside-123456', 'shop').length - 1, '-weiter'),
  'shop',
);

function outside(t: TestContext, name: string): Outside {
  const repository = new Outside(name);
  t.onTestFinished(() => repository.remove());
  return repository;
}

unless(await lacksEngine()).describe('a repository outside the clone', () => {
  test('gets Railhead by npm and init, serves hello, gets a Python service, and ends', async (t) => {
    const repository = outside(t, farAway);
    await repository.run('npm init -y');
    await repository.run(`npm install --save-dev ${archive}`);
    await repository.run('npx --no -- railhead init --yes');
    const up = await repository.run('npx --no -- railhead up');
    t.onTestFinished(async () => void (await repository.tryRun('npx --no -- railhead down')));
    assert.match(await ask(up, 'hello'), /hello/i);
    const [stackFile = ''] = /stacks\/\S+\.yaml/.exec(repository.read('Pulumi.dev.yaml')) ?? [];
    repository.write('python/main.py', python);
    repository.addService(stackFile, 'python', { source: 'python', start: 'python3 main.py', port: 5000 });
    // From a subfolder, and by the script that init has written.
    const second = await repository.run('npm run up', 'python');
    assert.equal(await ask(second, 'python'), 'hello from Python');
    assert.match(await repository.run('npx --no -- railhead status', 'python'), /python +1\/1 +ready/);
    await repository.run('npm run down');
    await assert.rejects(ask(second, 'python'));
  });

  test('is a pnpm workspace, whose two services are proposed and run', async (t) => {
    const repository = outside(t, 'workspace');
    const pnpm = 'npx --yes pnpm@12.21.0';
    repository.write('package.json', '{ "name": "shop", "private": true }');
    repository.write(
      'pnpm-workspace.yaml',
      'packages: [apps/*]\nallowBuilds: { esbuild: true, protobufjs: false }\n',
    );
    for (const [name, port] of Object.entries({ api: 4001, web: 4002 })) {
      const manifest = { name, type: 'module', scripts: { start: 'node main.js' } };
      repository.write(`apps/${name}/package.json`, JSON.stringify(manifest));
      repository.write(
        `apps/${name}/main.js`,
        node(name).replace('process.env.PORT', `process.env.PORT || ${port}`),
      );
    }
    await repository.run(`${pnpm} add --workspace-root --save-dev ${archive}`);
    await repository.run(`${pnpm} exec railhead init --yes`);
    const up = await repository.run(`${pnpm} run up`);
    t.onTestFinished(async () => void (await repository.tryRun(`${pnpm} run down`)));
    assert.equal(await ask(up, 'api'), 'api');
    assert.equal(await ask(up, 'web'), 'web');
    await repository.run(`${pnpm} run down`);
  });

  test('has two projects, which run side by side', async (t) => {
    const repository = outside(t, 'two');
    repository.write('package.json', '{ "private": true, "workspaces": ["shop", "blog"] }');
    for (const name of ['shop', 'blog']) {
      repository.write(`${name}/package.json`, JSON.stringify({ name, scripts: { start: 'node main.mjs' } }));
      repository.write(`${name}/main.mjs`, node(name));
    }
    await repository.run(`npm install --save-dev ${archive}`);
    for (const name of ['shop', 'blog']) {
      await repository.run('npx --no -- railhead init --yes', name);
      t.onTestFinished(async () => void (await repository.tryRun('npx --no -- railhead down', name)));
    }
    const [shop, blog] = await Promise.all([
      repository.run('npx --no -- railhead up', 'shop'),
      repository.run('npx --no -- railhead up', 'blog'),
    ]);
    assert.equal(await ask(shop, 'shop'), 'shop');
    assert.equal(await ask(blog, 'blog'), 'blog');
    await repository.run('npx --no -- railhead down', 'shop');
    assert.equal(await ask(blog, 'blog'), 'blog', 'the end of one project leaves the other');
    await repository.run('npx --no -- railhead down', 'blog');
  });

  test('renders for Docker and Kubernetes what has a runtime or a Dockerfile, and is refused what has none', async (t) => {
    const repository = outside(t, 'containers');
    const stackFile = 'stacks/shop.yaml';
    repository.write('package.json', '{ "name": "shop", "private": true }');
    await repository.run(`npm install --save-dev ${archive}`);
    await repository.run('npx --no -- railhead init --yes');
    repository.write('python/main.py', python);
    for (const target of ['docker', 'kubernetes'])
      repository.write(
        `Pulumi.${target}.yaml`,
        `config: { railhead:stackFile: ${stackFile}, railhead:target: ${target} }\n`,
      );
    const rendered = async () => {
      const docker = await repository.run('npx --no -- railhead render -s docker');
      const kubernetes = await repository.run('npx --no -- railhead render -s kubernetes');
      for (const text of [docker, kubernetes]) assert.match(text, /image: shop\/python:[0-9a-f]{16}/);
      assert.match(kubernetes, /kind: NetworkPolicy/);
    };

    repository.addService(stackFile, 'python', { source: 'python', start: 'elixir main.exs', port: 5000 });
    for (const target of ['docker', 'kubernetes']) {
      const { code, output } = await repository.tryRun(`npx --no -- railhead render -s ${target}`);
      assert.equal(code, 1);
      assert.match(output, /^stacks\/shop\.yaml:\d+:\d+ +services\.python\.start: .*add a "dockerfile"/m);
    }
    repository.addService(stackFile, 'python', { source: 'python', start: 'python3 main.py', port: 5000 });
    await rendered();
    repository.write('python/Dockerfile', 'FROM python:3.11-slim\nCOPY . .\nCMD ["python3", "main.py"]\n');
    repository.addService(stackFile, 'python', { source: 'python', dockerfile: 'Dockerfile', port: 5000 });
    await rendered();
  });
});
