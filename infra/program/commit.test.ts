import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { scratch } from '../stack/scratch.ts';
import { currentCommit } from './commit.ts';

test('the commit has its hash and its subject alone; without a repository or a commit there is none', async (t) => {
  const root = scratch(t, { 'services/a': 'x' });
  assert.equal(await currentCommit(root), undefined);
  await git(root, 'init', '-q');
  assert.equal(await currentCommit(root), undefined);
  await git(root, 'add', '.');
  await git(root, 'commit', '-q', '-m', 'Größer: "a" <b>\n\nAnd more.');
  assert.deepEqual(await currentCommit(`${root}/services`), {
    hash: await git(root, 'rev-parse', 'HEAD'),
    subject: 'Größer: "a" <b>',
  });
});

test('a commit is dirty if files of the project differ from it, except for ignored files and those of Railhead', async (t) => {
  const root = scratch(t, { '.gitignore': 'out\n', 'shop/a': 'x', 'other/b': 'x' });
  const shop = `${root}/shop`;
  const dirty = async () => (await currentCommit(shop))?.dirty;
  await git(root, 'init', '-q');
  await git(root, 'add', '.');
  await git(root, 'commit', '-q', '-m', 'Open the shop');
  writeFileSync(`${shop}/out`, '');
  writeFileSync(`${root}/other/b`, 'y');
  mkdirSync(`${shop}/.railhead`);
  writeFileSync(`${shop}/.railhead/a`, '');
  assert.equal(await dirty(), undefined);
  writeFileSync(`${shop}/new`, '');
  assert.equal(await dirty(), true);
  rmSync(`${shop}/new`);
  assert.equal(await dirty(), undefined);
  writeFileSync(`${shop}/a`, 'y');
  assert.equal(await dirty(), true);
  await git(root, 'add', '.');
  assert.equal(await dirty(), true);
});

async function git(cwd: string, ...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
  const { code, stdout, problem } = await capture('git', [...identity, ...args], { cwd });
  assert.equal(code, 0, problem);
  return stdout.trim();
}
