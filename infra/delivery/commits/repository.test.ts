import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { scratch } from '../../stack/scratch.ts';
import { currentFiles, findCommit, openRepository } from './repository.ts';
import { testRepository } from './testing.ts';

test('the repository of a project, also of one in a folder of it', async (t) => {
  const { root } = testRepository(t);
  mkdirSync(join(root, 'apps/shop'), { recursive: true });
  assert.deepEqual(await openRepository(root), { project: root, below: '.' });
  assert.deepEqual(await openRepository(join(root, 'apps/shop')), {
    project: join(root, 'apps/shop'),
    below: 'apps/shop',
  });
});

test('a folder without a repository, and a machine without git, are reported with what to do', async (t) => {
  const folder = scratch(t, {});
  await assert.rejects(openRepository(folder), {
    name: 'UserError',
    message: `${folder} is not in a git repository, so there are no commits to compare.\nMake one: git init`,
  });
  const { PATH } = process.env;
  t.onTestFinished(() => void (process.env.PATH = PATH));
  process.env.PATH = folder;
  await assert.rejects(openRepository(folder), {
    name: 'UserError',
    message: /^Git is needed to compare commits, and it does not start: .*ENOENT.*\nInstall git\.$/,
  });
});

test('an unknown commit is reported with the command that fetches it, and the command works', async (t) => {
  const { root, commit, git } = testRepository(t);
  const first = commit({ a: '1' });
  commit({ a: '2' });
  git('branch', 'topic', first);
  // For git, a path is always a whole clone.
  const clone = join(scratch(t, {}), 'clone');
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${root}`, clone]);
  execFileSync('git', ['config', 'uploadpack.allowAnySHA1InWant', 'true'], { cwd: root });
  const repository = { project: clone, below: '.' };
  const errorOf = async (name: string): Promise<string> => {
    const error = await findCommit(repository, name).then(
      () => assert.fail(name),
      (error: Error) => error,
    );
    assert.equal(error.name, 'UserError');
    return error.message;
  };
  const run = (message: string) => {
    const [, command = ''] = /: (git fetch .*)$/m.exec(message) ?? [];
    execFileSync('/bin/sh', ['-c', command], { cwd: clone, stdio: 'pipe' });
  };
  const branch = await errorOf('topic');
  assert.equal(
    branch,
    `There is no commit "topic" in this shallow clone.\nFetch the branch: git fetch --depth=1 origin topic:refs/remotes/origin/topic\nThen name it origin/topic.`,
  );
  const hash = await errorOf(first);
  assert.equal(
    hash,
    `There is no commit ${JSON.stringify(first)} in this shallow clone.\nFetch it: git fetch --depth=1 origin ${first}`,
  );
  const before = await errorOf('HEAD~1');
  assert.equal(
    before,
    `There is no commit "HEAD~1" in this shallow clone.\nFetch all commits: git fetch --unshallow origin`,
  );
  run(branch);
  assert.equal((await findCommit(repository, 'origin/topic')).hash, first);
  run(hash);
  assert.equal((await findCommit(repository, first)).hash, first);
  run(before);
  assert.equal((await findCommit(repository, 'HEAD~1')).hash, first);
});

test('without a remote, there is nothing to fetch; an option is no commit', async (t) => {
  const { root, commit } = testRepository(t);
  commit({ a: '1' });
  const repository = { project: root, below: '.' };
  for (const name of ['nowhere', '--all', '']) {
    await assert.rejects(findCommit(repository, name), {
      name: 'UserError',
      message: `There is no commit ${JSON.stringify(name)} in this repository.\nList the commits: git log --oneline --all`,
    });
  }
});

test("the current files are those of the commit as long as only Railhead's own folder is new", async (t) => {
  const { root, commit } = testRepository(t);
  const hash = commit({ a: '1' });
  const write = (path: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '1');
  };
  const current = () => currentFiles({ project: root, below: '.' }, scratch(t, {}));
  write('.railhead/state/b');
  write('apps/.railhead/c');
  assert.equal((await current()).hash, hash);
  write('b');
  assert.equal((await current()).hash, '');
});
