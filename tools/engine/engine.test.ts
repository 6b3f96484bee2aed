import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { capture } from '../command.ts';
import { isBuilt } from './build.ts';
import { findEngine } from './engine.ts';
import { linkEngine, pulumiHome } from './home.ts';
import { placeBuilt, placedEngine } from './place.ts';
import { unless } from '../testing/unless.ts';

/** A clone with the built CLI and a Pulumi program of its own. Uses the tools and node_modules of this repository. */
const scratch = mkdtempSync(join(tmpdir(), 'engine-'));
const repository = dirname(dirname(import.meta.dirname));
const lack = isBuilt() ? undefined : 'no Pulumi CLI was built from its Go module on this machine';
afterAll(() => rmSync(scratch, { recursive: true }));

const program = `
import * as pulumi from '@pulumi/pulumi';
const provider = { async create(inputs) { return { id: 'made', outs: inputs }; } };
class Thing extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: object) { super(provider, name, inputs); }
}
const config = new pulumi.Config();
console.log('node', process.version, process.execArgv.includes('--no-warnings'));
if (config.get('fail') === 'throw') throw new pulumi.RunError('the user is told');
if (config.get('fail') === 'exit') process.exit(7);
new Thing('thing', { secret: config.requireSecret('password') });
export const stack = pulumi.getStack();
`;

function prepareClone(): void {
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'));
  mkdirSync(join(scratch, 'infra'));
  writeFileSync(join(scratch, 'package.json'), '{ "type": "module", "main": "infra/index.ts" }');
  writeFileSync(join(scratch, 'infra', 'index.ts'), program);
  writeFileSync(
    join(scratch, 'Pulumi.yaml'),
    'name: sample\nmain: infra/index.ts\nruntime: { name: nodejs, options: { typescript: false, nodeargs: --no-warnings } }\n',
  );
}

async function pulumi(...args: string[]): Promise<{ code: number | null; text: string }> {
  const engine = placedEngine(scratch);
  assert.ok(engine);
  const env = {
    ...process.env,
    PULUMI_HOME: pulumiHome(scratch),
    PULUMI_BACKEND_URL: `file://${scratch}/state?create_dir=true`,
    PULUMI_CONFIG_PASSPHRASE: 'test',
    PULUMI_STACK: 'dev',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    NODE_COMPILE_CACHE: join(scratch, 'compile-cache'),
    PATH: `${pulumiHome(scratch)}/bin:${process.env['PATH']}`,
  };
  const { code, stdout, problem } = await capture(engine.executable, args, { cwd: scratch, env });
  return { code, text: stdout + problem };
}

unless(lack).test('a new clone finds the CLI that was built on this machine', async (t) => {
  const clone = mkdtempSync(join(tmpdir(), 'engine-new-'));
  t.onTestFinished(() => rmSync(clone, { recursive: true }));
  assert.ok(await findEngine(clone));
});

unless(lack).describe('a CLI built from source runs programs with the JavaScript language host', () => {
  beforeAll(async () => {
    prepareClone();
    linkEngine(scratch, placeBuilt(scratch, 'for a test'));
    assert.match(placedEngine(scratch)?.origin ?? '', /built from its Go module.*for a test/);
    assert.equal((await pulumi('stack', 'init', 'dev')).code, 0);
    assert.equal((await pulumi('config', 'set', '--secret', 'password', 'swordfish')).code, 0);
  });

  test("up runs with the project's Node and nodeargs, dynamic resources and secrets", async () => {
    const { code, text } = await pulumi('up', '--yes', '--skip-preview');
    assert.equal(code, 0, text);
    assert.match(text, new RegExp(`node ${process.version} true`));
    assert.match(text, /2 created/);
    assert.doesNotMatch(text, /warning|swordfish/);
    assert.match((await pulumi('stack', 'output', 'stack')).text, /^dev/);
  });

  test('a second preview finds no changes', async () => {
    const { code, text } = await pulumi('preview', '--expect-no-changes');
    assert.equal(code, 0, text);
  });

  test('an error that the program has reported appears once; an exit code is named', async () => {
    const told = await pulumi('preview', '--config', 'sample:fail=throw');
    assert.notEqual(told.code, 0);
    assert.match(told.text, /the user is told/);
    assert.doesNotMatch(told.text, /exited with code| at .*index\.ts/);
    const exit = await pulumi('preview', '--config', 'sample:fail=exit');
    assert.match(exit.text, /The program exited with code 7/);
  });

  test('destroy deletes everything', async () => {
    const { code, text } = await pulumi('destroy', '--yes', '--skip-preview');
    assert.equal(code, 0, text);
    assert.match(text, /2 deleted/);
  });
});

unless(lack).test('a clone that was moved gets new starters', () => {
  const moved = mkdtempSync(join(tmpdir(), 'engine-moved-'));
  try {
    placeBuilt(moved, 'for a test');
    assert.ok(placedEngine(moved));
    const other = join(moved, 'other');
    mkdirSync(other);
    symlinkSync(join(moved, '.railhead'), join(other, '.railhead'));
    assert.equal(placedEngine(other), undefined);
  } finally {
    rmSync(moved, { recursive: true });
  }
});
