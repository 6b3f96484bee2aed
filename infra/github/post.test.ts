import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'vitest';
import type { PreviewRun } from './event.ts';
import { openGitHub } from './client.ts';
import { postPreview } from './post.ts';
import { commentOf, startGitHub, token, type FakeGitHub } from './testing/github.ts';
import { documentOf, handOver, pullRequest, run } from './testing/run.ts';

const marker = '<!-- railhead-preview run=12.1 -->';

async function start(t: TestContext): Promise<FakeGitHub> {
  const github = await startGitHub(run);
  t.onTestFinished(() => github.close());
  handOver(github, documentOf());
  return github;
}

const post = (github: FakeGitHub, change: Partial<PreviewRun> = {}) =>
  postPreview(openGitHub(github.access), { ...run, ...change });

const chatter = (count: number) =>
  Array.from({ length: count }, (_, index) => commentOf(1000 + index, `Comment ${index}`, 'alice'));

const writesOf = (github: FakeGitHub) =>
  github.requests
    .filter(({ method, path }) => method !== 'GET' && path !== '/graphql')
    .map(({ method, path }) => `${method} ${path}`);

describe('the comment', () => {
  test('is created with the verdict, the cause and the run that made it', async (t) => {
    const github = await start(t);
    const posted = await post(github);
    assert.equal(posted.number, 7);
    const [comment] = github.comments;
    assert.equal(github.comments.length, 1);
    assert.ok(comment?.body.startsWith(`${marker}\n`), comment?.body);
    assert.match(comment?.body ?? '', /1 service changes/);
    assert.match(comment?.body ?? '', /stacks\/shop\.yaml:9/);
    assert.match(
      comment?.body ?? '',
      /\[run 12, attempt 1\]\(https:\/\/github\.test\/acme\/shop\/actions\/runs\/4100\)/,
    );
  });

  test('is updated by the next run', async (t) => {
    const github = await start(t);
    await post(github);
    handOver(github, documentOf('worker'));
    await post(github, { order: [13, 1] });
    assert.equal(github.comments.length, 1);
    assert.match(github.comments[0]?.body ?? '', /^<!-- railhead-preview run=13\.1 -->/);
    assert.match(github.comments[0]?.body ?? '', /worker/);
  });

  test('is found on the third page', async (t) => {
    const github = await start(t);
    github.comments = [...chatter(230), commentOf(7, `${marker}\n\nOld`), ...chatter(40)];
    await post(github, { order: [13, 1] });
    assert.equal(github.comments.length, 271);
    assert.match(github.comments[230]?.body ?? '', /1 service changes/);
  });

  test('of another user with the same marker stays as it is', async (t) => {
    const github = await start(t);
    const forged = `${marker}\n\nNothing changes, merge it.`;
    github.comments = [commentOf(1, forged, 'mallory'), { ...commentOf(2, forged), user: null }];
    await post(github);
    assert.deepEqual(
      github.comments.slice(0, 2).map(({ body }) => body),
      [forged, forged],
    );
    assert.equal(github.comments.length, 3);
  });

  test('of the same user with the marker in its middle stays as it is', async (t) => {
    const github = await start(t);
    github.comments = [commentOf(1, `Quoted by another workflow: ${marker}`)];
    await post(github);
    assert.equal(github.comments.length, 2);
  });

  test('of a later run, or of a later attempt, is not replaced', async (t) => {
    for (const order of ['13.1', '12.2']) {
      const github = await start(t);
      const later = commentOf(1, `<!-- railhead-preview run=${order} -->\n\nLater`);
      github.comments = [{ ...later }];
      const posted = await post(github);
      assert.match(posted.reason ?? '', /later run/);
      assert.deepEqual(github.comments, [later]);
      assert.deepEqual(github.checks, []);
    }
  });

  test('that is deleted between reading and writing is created again', async (t) => {
    const github = await start(t);
    await post(github);
    github.faults.push(({ method }) => {
      if (method !== 'PATCH' || github.comments.length === 0) return undefined;
      github.comments = [];
      return { status: 404 };
    });
    await post(github, { order: [13, 1] });
    assert.match(github.comments[0]?.body ?? '', /run=13\.1/);
    assert.equal(github.comments.length, 1);
  });

  test('is not created twice if the response of the first time was an error', async (t) => {
    const github = await start(t);
    let isFirst = true;
    github.faults.push(({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/comments') || !isFirst) return undefined;
      isFirst = false;
      return { status: 502, andDo: true };
    });
    await post(github);
    assert.equal(github.comments.length, 1);
  });
});

describe('the check run', () => {
  const risk = { kind: 'data', service: 'api', text: 'The volume of api is deleted.' } as const;
  const finding = { rule: 'limits', message: 'It has no limits.', level: 'error' } as const;

  test.each([
    ['success', {}],
    ['neutral', { risks: [risk] }],
    ['failure', { risks: [risk], policy: [finding] }],
    ['failure', { problems: ['stacks/shop.yaml:9:5: "two" is not a number'] }],
  ])('is a %s on the newest commit, with the verdict', async (conclusion, change) => {
    const github = await startGitHub(run);
    handOver(github, documentOf('api', change));
    await post(github);
    await github.close();
    assert.deepEqual(
      github.checks.map((check) => [check.name, check.head_sha, check.conclusion]),
      [['Railhead preview', run.sha, conclusion]],
    );
    assert.match(github.checks[0]?.output.title ?? '', /^prod: /);
  });

  test('is neutral, and the comment has a warning, if the pull request changes the workflow', async (t) => {
    const github = await start(t);
    github.files = [...Array.from({ length: 140 }, (_, index) => `src/${index}.ts`), run.workflow];
    await post(github, { workflow: `${run.workflow}@refs/pull/7/merge` });
    assert.equal(github.checks[0]?.conclusion, 'neutral');
    assert.match(github.comments[0]?.body ?? '', /> \[!CAUTION\]\n> This pull request changes the workflow/);
  });
});

test('a commit that is pushed while the files are listed does not hide that the former one changes the workflow', async (t) => {
  const github = await start(t);
  github.faults.push(({ path }) => {
    // GitHub lists the files of the later commit, which restores the workflow.
    if (path.endsWith('/pulls/7/files')) github.pulls = [pullRequest(7, { head: 'c'.repeat(40) })];
    return undefined;
  });
  await post(github);
  assert.equal(github.checks[0]?.conclusion, 'neutral');
  assert.match(github.comments[0]?.body ?? '', /> \[!CAUTION\]/);
});

describe('the pull request', () => {
  test('is that of the event: an artifact that names another one is refused', async (t) => {
    const github = await start(t);
    handOver(github, documentOf(), 1);
    github.pulls.push(pullRequest(1, { label: 'acme:main', head: 'b'.repeat(40) }));
    await assert.rejects(post(github), /names a pull request that its run does not belong to/);
    assert.deepEqual(github.comments, []);
    assert.deepEqual(writesOf(github), ['POST /repos/acme/shop/check-runs']);
  });

  test.each([
    ['has a newer commit', pullRequest(7, { head: 'c'.repeat(40) })],
    ['is closed', pullRequest(7, { state: 'closed' })],
    [
      'is of another fork with the same branch',
      { ...pullRequest(7), head: { ...pullRequest(7).head, repo: { id: 78 } } },
    ],
    ['is of a fork that was deleted', { ...pullRequest(7), head: { ...pullRequest(7).head, repo: null } }],
  ])('that %s gets nothing', async (_, pull) => {
    const github = await startGitHub(run);
    handOver(github, documentOf());
    github.pulls = [pull];
    const posted = await post(github);
    await github.close();
    assert.match(posted.reason ?? '', /^No open pull request has 5f3a1c09/);
    assert.deepEqual(writesOf(github), []);
  });

  test('is the one that the artifact names if the branch has several', async (t) => {
    const github = await start(t);
    github.pulls = [pullRequest(6), pullRequest(7)];
    assert.equal((await post(github)).number, 7);
    assert.deepEqual(writesOf(github).slice(0, 1), ['POST /repos/acme/shop/issues/7/comments']);
  });

  test('that cannot be deployed gets the problems although its run failed', async (t) => {
    const github = await start(t);
    const problem = 'stacks/shop.yaml:9:5: "two" is not a number';
    handOver(github, documentOf('api', { services: [], problems: [problem] }));
    assert.equal((await post(github, { succeeded: false })).number, 7);
    assert.match(github.comments[0]?.body ?? '', /is not a number/);
    assert.equal(github.checks[0]?.conclusion, 'failure');
  });

  test('whose run failed keeps no preview of an earlier commit', async (t) => {
    const github = await start(t);
    await post(github, { order: [11, 1] });
    github.checks = [];
    github.artifact = undefined;
    await post(github, { succeeded: false });
    assert.equal(github.comments.length, 1);
    assert.match(
      github.comments[0]?.body ?? '',
      /\*\*No preview of `5f3a1c09d2b8`\.\*\* The job that makes the preview failed: \[run 12, attempt 1\]\(/,
    );
    assert.deepEqual(github.checks, []);
  });
});

test('the token goes to GitHub only, not to the storage of artifacts', async (t) => {
  const github = await start(t);
  await post(github);
  const storage = github.requests.filter(({ path }) => path.startsWith('storage:'));
  assert.deepEqual(
    storage.map(({ authorization }) => authorization),
    [undefined],
  );
  assert.ok(github.requests.some(({ authorization }) => authorization === `Bearer ${token}`));
});
