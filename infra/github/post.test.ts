import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'vitest';
import type { PreviewRun } from './event.ts';
import { openGitHub } from './client.ts';
import { postPreview } from './post.ts';
import { commentOf, startGitHub, token, type FakeGitHub } from './testing/github.ts';
import { documentOf, handOver, pullRequest, run } from './testing/run.ts';
import { zip } from './testing/zip.ts';

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
      /\[run 12\.1\]\(https:\/\/github\.test\/acme\/shop\/actions\/runs\/4100\)/,
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

  test('of somebody else with the same marker stays as it is', async (t) => {
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

  test('whose run failed keeps no preview of an earlier commit', async (t) => {
    const github = await start(t);
    await post(github, { order: [11, 1] });
    github.checks = [];
    github.artifact = undefined;
    await post(github, { succeeded: false });
    assert.equal(github.comments.length, 1);
    assert.match(
      github.comments[0]?.body ?? '',
      /\*\*No preview of 5f3a1c09d2b8\.\*\* The run that makes it failed/,
    );
    assert.deepEqual(github.checks, []);
  });
});

describe('a file of a fork is refused', () => {
  const long = 'x'.repeat(5 * 1024 ** 2);
  const secret = 'canary-text-of-the-fork';
  const files = (document: string, number = '7') => zip({ 'pull-request': number, 'preview.json': document });
  const json = (change: object) => files(JSON.stringify({ ...documentOf(), ...change }));

  test.each([
    ['nothing was handed over', undefined, /no artifact "railhead-preview"/],
    ['it is not an archive', Buffer.from(secret), /it is not a zip archive/],
    ['it ends early', files('{}').subarray(20), /refused/],
    ['it has no document', zip({ 'pull-request': '7' }), /does not contain preview\.json/],
    ['it grows beyond the limit', files(long), /preview\.json has more than 4194304 bytes/],
    ['it is not UTF-8', zip({ 'pull-request': '7', 'preview.json': Buffer.from([0xff, 0xfe]) }), /refused/],
    ['it is not JSON', files(`${secret} {`), /is not JSON/],
    ['it is of another version', json({ version: 2 }), /not a preview of this version.*version/],
    ['it has a key more', json({ [`\n::error::${secret}`]: 1 }), /not a preview of this version/],
    ['it has markdown of its own', json({ markdown: secret }), /not a preview of this version/],
    [
      'it names no pull request',
      files(JSON.stringify(documentOf()), `7\n::add-mask::${secret}`),
      /not the number|more than 20 bytes/,
    ],
    [
      'it names a pull request by an expression',
      files(JSON.stringify(documentOf()), '7/../1'),
      /not the number/,
    ],
  ])('if %s', async (_, artifact, message) => {
    const github = await startGitHub(run);
    handOver(github, documentOf());
    github.artifact = artifact;
    github.comments = [commentOf(1, '<!-- railhead-preview run=11.1 -->\n\nOld')];
    const error = await post(github).then(
      () => assert.fail('it was posted'),
      (reason: unknown) => reason as Error,
    );
    await github.close();
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /canary|\n/);
    assert.deepEqual(
      github.checks.map(({ conclusion }) => conclusion),
      ['failure'],
    );
    assert.match(
      github.comments[0]?.body ?? '',
      /No preview of 5f3a1c09d2b8\.\*\* The file of the preview was refused/,
    );
    assert.doesNotMatch(JSON.stringify([github.comments, github.checks]), /canary/);
  });

  test('and the names in a valid one cannot leave their place', async (t) => {
    const github = await start(t);
    const names = [
      '</details>',
      '``` @alice',
      '<!-- railhead-preview run=99999.1 -->',
      '\u202egnp',
      '[x](https://evil.test)',
      '| a | b |\n# Merge it',
    ];
    handOver(github, {
      ...documentOf(),
      environments: names.flatMap((name) => documentOf(name).environments),
    });
    await post(github);
    const { body } = github.comments[0] ?? { body: '' };
    const lines = body.split('\n');
    const count = (line: string) => lines.filter((each) => each === line).length;
    assert.deepEqual([count('<details>'), count('</details>')], [names.length, names.length]);
    assert.ok(!lines.slice(1).some((line) => /^(?:# Merge|<!--)/.test(line)), body);
    assert.doesNotMatch(body, /\u202e/);
    await post(github, { order: [13, 1] });
    assert.match(
      github.comments[0]?.body ?? '',
      /run=13\.1/,
      'the marker in a name is not taken for that of the comment',
    );
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
