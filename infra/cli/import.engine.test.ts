import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';
import { capture } from '../../tools/command.ts';
import { unless } from '../../tools/testing/unless.ts';
import { composeSystem, railpackMonorepo, railwayMonorepo } from '../import/testing/systems.ts';
import { createSystem, lacksEngine, succeed } from '../targets/testing/system.ts';

const missing = await lacksEngine();

/** Imports a system, starts it as processes, and returns a function that asks its services or its gateway. */
async function start(t: TestContext, files: Record<string, string>, path = '.') {
  const system = await createSystem('process');
  t.onTestFinished(() => system.close());
  for (const [file, text] of Object.entries(files)) system.write(file, text);
  // An artifact of the whole folder does not contain Railhead itself.
  system.write('.gitignore', 'infra\ntools\ndist\nnode_modules\nstacks\n.railhead\nPulumi*\n');
  assert.equal((await capture('git', ['init', '-q'], { cwd: system.root })).code, 0);
  const command = [join(system.root, 'dist/railhead.js'), 'import', path];
  const { code, stdout, problem } = await capture(process.execPath, command, { cwd: system.root });
  assert.equal(code, 0, problem);
  // The overlay for this machine has the longer name.
  const [own] = readdirSync(join(system.root, 'stacks')).toSorted((a, b) => b.length - a.length);
  system.write('stacks/test.yaml', { extends: own });
  await succeed(system.up());
  const { output } = await succeed(system.pulumi('stack', 'output', '--json'));
  const { url = '', services } = JSON.parse(output) as { url?: string; services: Record<string, string> };
  const ask = async (path: string, name?: string) =>
    (await (await fetch(`${name === undefined ? url : services[name]}${path}`)).json()) as Record<
      string,
      unknown
    >;
  return { system, report: stdout, ask };
}

unless(missing).test('three railway.toml run: replicas, a worker, and a job on its schedule', async (t) => {
  const { system, ask, report } = await start(t, railwayMonorepo);
  assert.match(report, /, 0 not mapped$/m);
  const replicas = new Set<unknown>();
  while (replicas.size < 3) replicas.add((await ask('/', 'api')).replica);
  assert.match((await succeed(system.railhead('status'))).output, /worker.*2/);
  const { output } = await succeed(system.railhead('run', 'scheduler'));
  assert.match(output, /scheduler ran/);
});

unless(missing).test(
  'a railpack.json of the repository and one of the frontend run behind the gateway',
  async (t) => {
    await providePrograms(t);
    const { ask } = await start(t, railpackMonorepo);
    assert.deepEqual(await ask('/backend/items'), { path: '/items', language: 'python' });
    const page = await ask('/');
    assert.equal(page.built, true);
    assert.match(String(page.api), /^https:\/\//);
  },
);

unless(missing).test(
  'a Compose file runs: databases, addresses of other services, and two replicas',
  async (t) => {
    const { ask } = await start(t, composeSystem, 'docker-compose.microservices.yml');
    const data = [true, true];
    assert.deepEqual(await ask('/'), { page: { data, builder: { data } } });
  },
);

/** Puts pip, Python and Yarn on the PATH, of which a machine may have none, without changing the machine. */
async function providePrograms(t: TestContext): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'railhead-programs-'));
  const before = process.env.PATH;
  t.onTestFinished(() => {
    process.env.PATH = before;
    rmSync(folder, { recursive: true });
  });
  for (const [program, ...args] of [
    ['python3', '-m', 'venv', join(folder, 'python')],
    ['npm', 'install', '--no-audit', '--prefix', join(folder, 'yarn'), 'yarn@1.22.22'],
  ] as const) {
    const { code, problem } = await capture(program, args);
    assert.equal(code, 0, problem);
  }
  const added = [join(folder, 'python/bin'), join(folder, 'yarn/node_modules/.bin')];
  assert.ok(added.every((path) => existsSync(path)));
  process.env.PATH = [...added, before].join(delimiter);
}
