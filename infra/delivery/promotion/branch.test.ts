import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, vi, type TestContext } from 'vitest';
import { testRepository } from '../commits/testing.ts';
import { branchProblems, commitFile, remoteOf } from './branch.ts';

const commit = {
  branch: 'promote/qa-3',
  file: 'releases/qa.yaml',
  text: 'new\n',
  message: 'Promote\n\n- api\n',
};

/** Makes a repository with a project in a folder, a staged change, a changed and a new file. */
function openRepository(t: TestContext) {
  const { root, git, commit: commitAll } = testRepository(t, 'shop');
  commitAll({ 'shop/releases/qa.yaml': 'old\n', 'shop/one': '1\n', 'shop/two': '2\n' });
  writeFileSync(join(root, 'shop/one'), 'staged\n');
  git('add', 'shop/one');
  writeFileSync(join(root, 'shop/two'), 'changed\n');
  writeFileSync(join(root, 'shop/new'), 'new\n');
  vi.stubEnv('GIT_AUTHOR_NAME', 'Ada').stubEnv('GIT_AUTHOR_EMAIL', 'a@b');
  vi.stubEnv('GIT_COMMITTER_NAME', 'Ada').stubEnv('GIT_COMMITTER_EMAIL', 'a@b');
  t.onTestFinished(() => void vi.unstubAllEnvs());
  return { project: join(root, 'shop'), root, git };
}

test('a branch gets one commit with one file, and nothing of the user changes', async (t) => {
  const { project, root, git } = openRepository(t);
  const files = () => [
    git('status', '--porcelain'),
    git('symbolic-ref', 'HEAD'),
    readFileSync(join(root, '.git/index')),
  ];
  const before = files();
  assert.deepEqual(await branchProblems(project, commit.branch), []);
  await commitFile(project, commit);
  assert.deepEqual(files(), before);
  assert.equal(
    git('show', '--format=%B', '--name-only', commit.branch),
    'Promote\n\n- api\n\n\nshop/releases/qa.yaml',
  );
  assert.equal(git('show', `${commit.branch}:shop/releases/qa.yaml`), 'new');
  assert.equal(git('rev-parse', `${commit.branch}^`), git('rev-parse', 'HEAD'));
  assert.deepEqual(await branchProblems(project, commit.branch), [
    'The branch promote/qa-3 exists already. Push it, or delete it: git branch -D promote/qa-3',
  ]);
  await assert.rejects(commitFile(project, commit), /git update-ref failed/);
});

test('--pr needs a commit and an identity', async (t) => {
  const { project, git } = openRepository(t);
  for (const name of ['GIT_COMMITTER_NAME', 'GIT_COMMITTER_EMAIL']) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', '/nowhere').stubEnv('XDG_CONFIG_HOME', '/nowhere').stubEnv('GIT_CONFIG_NOSYSTEM', '1');
  git('config', 'user.useConfigOnly', 'true');
  assert.match(
    (await branchProblems(project, commit.branch)).join(),
    /^git does not know who commits\. Set both:/,
  );
  assert.match(
    (await branchProblems('/', commit.branch)).join(),
    /^--pr needs a git repository with a commit/,
  );
});

test('the remote is origin, or else the first one', async (t) => {
  const { project, git } = openRepository(t);
  assert.equal(await remoteOf(project), 'origin');
  git('remote', 'add', 'upstream', '/nowhere');
  assert.equal(await remoteOf(project), 'upstream');
  git('remote', 'add', 'origin', '/nowhere');
  assert.equal(await remoteOf(project), 'origin');
});
