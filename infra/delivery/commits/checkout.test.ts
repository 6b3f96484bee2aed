import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, vi } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { writeFiles } from './checkout.ts';
import { testRepository } from './testing.ts';

const versionOf = (tree: string) => ({ hash: '', subject: '', tree, variables: {} });

test('a commit whose folders contain one folder many times is refused before all its files are listed', async (t) => {
  const { root, commit, git } = testRepository(t);
  commit({ file: 'a' });
  const file = git('rev-parse', 'HEAD:file');
  const folderOf = (type: string, id: string) => {
    const input = Array.from({ length: 100 }, (_, index) => `${type} ${id}\t${index}\n`).join('');
    return execFileSync('git', ['mktree'], { cwd: root, input, encoding: 'utf8' }).trim();
  };
  let tree = folderOf('100644 blob', file);
  for (let depth = 1; depth < 5; depth++) tree = folderOf('040000 tree', tree);
  const folder = scratch(t, {});
  await assert.rejects(writeFiles({ project: root, below: '.' }, versionOf(tree), folder), {
    name: 'UserError',
    message: /^The commit is too large: a preview reads at most 500000 files/,
  });
  assert.deepEqual(readdirSync(folder), []);
});

test('a long file is copied once, not with each part that git prints', async (t) => {
  const { root, commit, git } = testRepository(t);
  const long = 'x'.repeat(16 * 1024 * 1024);
  commit({ long, next: 'b' });
  const folder = scratch(t, {});
  const concat = vi.spyOn(Buffer, 'concat');
  t.onTestFinished(() => concat.mockRestore());
  const version = versionOf(git('rev-parse', 'HEAD^{tree}'));
  await writeFiles({ project: root, below: '.' }, version, folder);
  const copied = concat.mock.results.reduce((sum, { value }) => sum + (value as Buffer).length, 0);
  assert.ok(copied < 2 * long.length, `${copied} bytes were copied`);
  assert.equal(readFileSync(join(folder, 'long'), 'utf8'), long);
  assert.equal(readFileSync(join(folder, 'next'), 'utf8'), 'b');
});
