import assert from 'node:assert/strict';
import { test } from 'vitest';
import { capture } from '../../tools/command.ts';
import { scratch } from '../stack/scratch.ts';
import { currentCommit } from './commit.ts';

test('the commit has its hash and its subject alone; without a repository or a commit there is none', async (t) => {
  const root = scratch(t, { 'services/a': 'x' });
  const git = async (...args: string[]) => {
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    const { code, stdout, problem } = await capture('git', [...identity, ...args], { cwd: root });
    assert.equal(code, 0, problem);
    return stdout.trim();
  };
  assert.equal(await currentCommit(root), undefined);
  await git('init', '-q');
  assert.equal(await currentCommit(root), undefined);
  await git('add', '.');
  await git('commit', '-q', '-m', 'Größer: "a" <b>\n\nAnd more.');
  assert.deepEqual(await currentCommit(`${root}/services`), {
    hash: await git('rev-parse', 'HEAD'),
    subject: 'Größer: "a" <b>',
  });
});
