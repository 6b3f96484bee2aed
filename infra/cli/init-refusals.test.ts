import assert from 'node:assert/strict';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { packageRoot } from '../common/roots.ts';
import { commonjs, filesOf, git, makeRepository, runInit } from '../init/testing.ts';

describe('a refusal names its reason, and nothing is written', () => {
  async function refuses(folder: string, expected: RegExp) {
    const before = filesOf(folder);
    const { code, problem } = await runInit(folder, '--yes');
    assert.equal(code, 1);
    assert.match(problem, expected);
    assert.deepEqual(filesOf(folder), before);
  }

  test('a package.json that does not parse', async (t) => {
    const folder = makeRepository(t, { 'package.json': '{ "name": ' });
    await refuses(folder, /^package\.json is not a JSON object \(.*JSON.*\)\. Nothing was written\./);
  });

  test('Railhead is not installed', async (t) => {
    const folder = makeRepository(t);
    unlinkSync(join(folder, 'node_modules/railhead'));
    await refuses(
      folder,
      new RegExp(`^Railhead is not installed in .*\nInstall it: npm install -D "${packageRoot}"$`),
    );
  });

  test("Yarn's Plug'n'Play", async (t) => {
    const folder = makeRepository(t, { '.pnp.cjs': '' });
    unlinkSync(join(folder, 'node_modules/railhead'));
    await refuses(
      folder,
      /\.pnp\.cjs shows that Yarn .*Nothing was written\.\nWrite "nodeLinker: node-modules" into \.yarnrc\.yml/,
    );
  });

  test('a Pulumi program of another runtime', async (t) => {
    const folder = makeRepository(t, { 'Pulumi.yaml': 'name: shop\nruntime: { name: python }\n' });
    await refuses(
      folder,
      /has the runtime python, .*nodejs\. Nothing was written\.\nMake the system a project of its own/,
    );
  });

  test('a Pulumi.yaml that is not YAML', async (t) => {
    await refuses(makeRepository(t, { 'Pulumi.yaml': 'name: [' }), /Pulumi\.yaml cannot be read:/);
  });

  test('a file where a folder has to be, and a link where a file is', async (t) => {
    const folder = makeRepository(t, { infra: '', real: '' });
    symlinkSync('real', join(folder, '.gitignore'));
    await refuses(
      folder,
      /^These files cannot be written, so nothing was:\n {2}infra is a file, not a folder\n {2}\.gitignore is a symbolic link/,
    );
  });

  test('a file that changes has uncommitted changes', async (t) => {
    const folder = makeRepository(t, { 'package.json': commonjs, '.gitignore': 'node_modules\n' });
    await git(folder, 'init', '--quiet');
    await git(folder, 'add', '.');
    await git(folder, 'commit', '--quiet', '--message', 'first');
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n*.log\n');
    await refuses(
      folder,
      /^\.gitignore has uncommitted changes, .*Nothing was written\.\nCommit or stash them, .*git stash push \.gitignore$/,
    );
  });
});

test('the installation of Railhead is no uncommitted change, and files that git does not know are no obstacle', async (t) => {
  const folder = makeRepository(t, { 'package.json': commonjs });
  await git(folder, 'init', '--quiet');
  await git(folder, 'add', 'package.json');
  await git(folder, 'commit', '--quiet', '--message', 'first');
  const installed = { ...(JSON.parse(commonjs) as object), devDependencies: { railhead: '0.1.0' } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(installed, undefined, 2)}\n`);
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n');
  const { code, output, problem } = await runInit(folder, '--yes');
  assert.deepEqual([code, problem], [0, '']);
  assert.ok(!output.includes('no git repository'));
  assert.equal((await capture('git', ['check-ignore', '.railhead/state'], { cwd: folder })).code, 0);
});
