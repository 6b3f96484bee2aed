import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import type { PullRequestDocument } from '../delivery/pull-requests/document.ts';
import { openGitHub } from './client.ts';
import { postEnvironment, type EnvironmentChange } from './environment-comment.ts';
import { commentOf, startGitHub } from './testing/github.ts';

const document: PullRequestDocument = {
  ...{ version: 1, pullRequest: 7, environment: 'pr-7', from: 'dev', result: 'succeeded' },
  ...{ url: 'https://pr-7.shop.example', expires: '2026-12-02T00:00:00.000Z' },
  ...{ services: ['web'], left: ['a|`b'], shared: {}, addresses: {}, problems: [] },
};

async function start(t: TestContext) {
  const github = await startGitHub({ repository: 'acme/shop', id: 1 });
  t.onTestFinished(() => github.close());
  const job = { github: openGitHub(github.access), repository: 'acme/shop', url: 'https://github.test/run' };
  const post = (change: EnvironmentChange, number = 12) =>
    postEnvironment({ ...job, order: [number, 1] }, 7, change);
  return { github, post };
}

test('one comment says where the environment runs; that of the preview stays', async (t) => {
  const { github, post } = await start(t);
  const preview = '<!-- railhead-preview run=12.1 -->\n\nThe preview';
  github.comments.push(commentOf(1, preview));
  await post(document);
  await post({ ...document, url: 'https://other.example' }, 13);
  assert.equal(await post(document, 12), undefined, 'a later run has written it');
  assert.deepEqual(github.comments.length, 2);
  assert.equal(github.comments[0]?.body, preview);
  assert.equal(
    github.comments[1]?.body,
    [
      '<!-- railhead-environment run=13.1 -->',
      '**URL: <https://other.example/>**',
      '**`pr-7`** runs `web`, until `2026-12-02T00:00:00.000Z`.',
      'Not affected, so not in it: <code>a&#124;&#96;b</code>.',
      '<sub>[Run](https://github.test/run)</sub>',
    ].join('\n\n'),
  );
});

test('a pull request without an environment gets no comment; a failure and a removal are said', async (t) => {
  const { github, post } = await start(t);
  assert.equal(await post('removed'), undefined);
  assert.equal(await post({ ...document, result: 'nothing' }), undefined);
  await post({ ...document, url: undefined, result: 'failed', problems: ['@all web did not start'] });
  assert.match(
    github.comments[0]?.body ?? '',
    /\*\*The update of `pr-7` failed\.\*\*\n\n`@all` web did not start/,
  );
  await post({ ...document, result: 'nothing' }, 13);
  assert.match(
    github.comments[0]?.body ?? '',
    /\n\nThis pull request affects no service of `dev` any more\. `pr-7` keeps what it had, until it expires\.\n\n/,
  );
  await post('removed', 14);
  assert.match(github.comments[0]?.body ?? '', /was removed, with its data\./);
});
