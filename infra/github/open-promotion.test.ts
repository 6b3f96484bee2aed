import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test, type TestContext } from 'vitest';
import { scratch } from '../stack/scratch.ts';
import { openGitHub } from './client.ts';
import { openPromotion } from './open-promotion.ts';
import { startGitHub, token } from './testing/github.ts';

const branch = 'promote/qa-12';
const proposal = { branch, title: 'Promote #12 of dev to qa', body: 'The body' };

/** Makes a clone with the branch of a promotion, and a server with the repository `acme/shop`. */
async function start(t: TestContext) {
  const folder = scratch(t, { 'clone/a': '' });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: `${folder}/clone`,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  git('add', '--all');
  git('commit', '-q', '-m', 'one');
  git('branch', branch);
  git('init', '-q', '--bare', `${folder}/acme/shop`);
  const github = await startGitHub({ repository: 'acme/shop', id: 1 });
  t.onTestFinished(() => github.close());
  const job = {
    ...{ github: openGitHub(github.access), repository: 'acme/shop', order: [1, 1] as [number, number] },
    ...{ url: 'https://github.test/run', branch: 'main', server: `file://${folder}`, token },
  };
  const remote = () => git('ls-remote', '--heads', `${folder}/acme/shop`);
  return {
    github,
    git,
    remote,
    open: (more = {}) => openPromotion(job, `${folder}/clone`, { ...proposal, ...more }),
  };
}

test('the branch is pushed and its pull request opened, once', async (t) => {
  const { github, git, remote, open } = await start(t);
  assert.deepEqual(await open(), { url: 'https://github.test/pull/1', isNew: true });
  assert.match(remote(), new RegExp(`${git('rev-parse', branch)}\\s+refs/heads/${branch}$`));
  assert.deepEqual(await open(), { url: 'https://github.test/pull/1', isNew: false });
  const [pull] = github.pulls;
  assert.deepEqual([github.pulls.length, pull?.base, pull?.body], [1, 'main', 'The body']);
});

test('the pull request of another promotion from the same branch is refused, and stays as it is', async (t) => {
  const { github, remote, open } = await start(t);
  await open();
  const before = structuredClone([remote(), github.pulls]);
  for (const title of ['Promote #12 of hotfix to qa', 'Promote api of #12 of dev to qa']) {
    await assert.rejects(open({ title }), {
      name: 'UserError',
      message:
        `The branch promote/qa-12 has an open pull request for another promotion than "${title}": "Promote #12 of dev to qa", https://github.test/pull/1\n` +
        `Merge it, or delete the branch, which closes it: git push origin --delete promote/qa-12`,
    });
  }
  assert.deepEqual([remote(), github.pulls], before);
});

test('a branch that exists without a pull request is not replaced, and the message has no token', async (t) => {
  const { github, git, remote, open } = await start(t);
  await open();
  github.pulls = [];
  const before = remote();
  git('commit', '-q', '--allow-empty', '-m', 'other');
  git('branch', '--force', branch, git('commit-tree', '-m', 'other', 'HEAD^{tree}'));
  await assert.rejects(open(), (error: Error) => {
    assert.match(
      error.message,
      /^The branch promote\/qa-12 could not be pushed: [^]*git push origin --delete promote\/qa-12$/,
    );
    return !error.message.includes(token);
  });
  assert.deepEqual([remote(), github.pulls], [before, []]);
});
