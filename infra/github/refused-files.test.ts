import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { openGitHub } from './client.ts';
import { postPreview } from './post.ts';
import { commentOf, startGitHub, type FakeGitHub } from './testing/github.ts';
import { documentOf, handOver, run } from './testing/run.ts';
import { zip } from './testing/zip.ts';

const post = (github: FakeGitHub, order = run.order) =>
  postPreview(openGitHub(github.access), { ...run, order });

describe('a file of a fork is refused', () => {
  const long = 'x'.repeat(17 * 1024 ** 2);
  const secret = 'canary-text-of-the-fork';
  const files = (document: string, number = '7') => zip({ 'pull-request': number, 'preview.json': document });
  const tooLong = files(long);
  const json = (change: object) => files(JSON.stringify({ ...documentOf(), ...change }));

  test.each([
    ['nothing was handed over', undefined, /no artifact "railhead-preview"/],
    ['it is not an archive', Buffer.from(secret), /it is not a zip archive/],
    ['it ends early', files('{}').subarray(20), /refused/],
    ['it has no document', zip({ 'pull-request': '7' }), /does not contain preview\.json/],
    ['it grows beyond the limit', tooLong, /preview\.json has more than 16777216 bytes/],
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
      artifact === tooLong
        ? /No preview of `5f3a1c09d2b8`\.\*\* The preview is too long to be posted: \[run 12, attempt 1\]\(/
        : /No preview of `5f3a1c09d2b8`\.\*\* The preview file was refused: \[run 12, attempt 1\]\(/,
    );
    const { summary } = github.checks[0]?.output ?? { summary: '' };
    assert.equal(
      /more than 16 MiB\. The artifact `railhead-preview` of \[run 12/.test(summary),
      artifact === tooLong,
    );
    assert.doesNotMatch(JSON.stringify([github.comments, github.checks]), /canary/);
  });

  test('but a valid one with 5 MiB is posted', async (t) => {
    const github = await startGitHub(run);
    t.onTestFinished(() => github.close());
    const [preview] = documentOf().environments;
    const notes = Array.from({ length: 5000 }, () => 'x'.repeat(1024));
    handOver(github, { ...documentOf(), environments: [{ ...preview, notes }] });
    await post(github);
    assert.ok(github.comments[0]?.body.includes('Left out because of the length limit'));
  });

  test('and the names in a valid one cannot leave their place', async (t) => {
    const github = await startGitHub(run);
    t.onTestFinished(() => github.close());
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
    await post(github, [13, 1]);
    assert.match(
      github.comments[0]?.body ?? '',
      /run=13\.1/,
      'the marker in a name is not taken for that of the comment',
    );
  });
});
