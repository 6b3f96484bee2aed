import assert from 'node:assert/strict';
import { test, type TestContext } from 'vitest';
import type { DriftDocument } from '../delivery/drift/document.ts';
import { openGitHub } from './client.ts';
import { reportDrift } from './drift-issue.ts';
import { startGitHub } from './testing/github.ts';
import { issueOf } from './testing/issues.ts';

const marker = '<!-- railhead-drift environment=prod -->';
const url = 'https://github.test/acme/shop/actions/runs/4100';

function documentOf(sentences: string[], environment = 'prod'): DriftDocument {
  const finding = {
    ...{ kind: 'changed' as const, service: 'api', resource: 'Service api', what: 'variable LEVEL' },
    ...{ deployed: 'info', live: 'debug' },
  };
  return {
    ...{ version: 1, environment, target: 'kubernetes', time: '2026-11-29T03:17:00.000Z' },
    ...{ where: 'on the cluster', drifted: sentences.length > 0, notes: [] },
    findings: sentences.map((sentence) => ({ ...finding, sentence })),
  };
}

async function start(t: TestContext) {
  const github = await startGitHub({ repository: 'acme/shop', id: 1 });
  t.onTestFinished(() => github.close());
  const job = { github: openGitHub(github.access), repository: 'acme/shop', url };
  return { github, report: (document: DriftDocument) => reportDrift(job, document) };
}

test('the issue is found on a later page; those of other users and pull requests are left alone', async (t) => {
  const { github, report } = await start(t);
  const other = { user: { login: 'mallory' } };
  github.issues.push(
    issueOf(1, `${marker}\n`, other),
    issueOf(2, `${marker}\n`, { pull_request: {} }),
    ...Array.from({ length: 230 }, (_, index) => issueOf(index + 3, 'Nice', other)),
    issueOf(233, '<!-- railhead-drift environment=production -->\n'),
    issueOf(234, `${marker}\n\nBefore`),
  );
  const before = structuredClone(github.issues.slice(0, -1));
  const reported = await report(documentOf(['replicas of api: 2 deployed, 5 on the cluster']));
  assert.deepEqual(reported, { result: 'updated', url: 'https://github.test/issues/234' });
  assert.deepEqual(github.issues.slice(0, -1), before);
  assert.match(github.issues.at(-1)?.body ?? '', /2 deployed, 5 on the cluster[^]*03:17:00[^]*runs\/4100/);
});

test('an issue that was edited in the form of GitHub, which stores CRLF, is found', async (t) => {
  const { github, report } = await start(t);
  github.issues.push(issueOf(1, `${marker} and more\r\n`), issueOf(2, `${marker}\r\n\r\nEdited`));
  assert.equal((await report(documentOf([]))).result, 'closed');
  assert.deepEqual(
    github.issues.map(({ state }) => state),
    ['open', 'closed'],
  );
});

test('each environment has an issue of its own, and new drift after a closed one has a new issue', async (t) => {
  const { github, report } = await start(t);
  assert.deepEqual(await report(documentOf([])), { result: 'none' });
  await report(documentOf(['a']));
  await report(documentOf(['b'], 'qa'));
  assert.equal((await report(documentOf([]))).result, 'closed');
  assert.equal((await report(documentOf(['c']))).result, 'opened');
  assert.deepEqual(
    github.issues.map(({ title, state }) => [title, state]),
    [
      ['Drift in prod', 'closed'],
      ['Drift in qa', 'open'],
      ['Drift in prod', 'open'],
    ],
  );
});

test('what a platform reports is one block of code, and never longer than GitHub accepts', async (t) => {
  const { github, report } = await start(t);
  await report(
    documentOf(['```\n@all <b>', ...Array.from({ length: 2000 }, (_, index) => `${index} `.repeat(20))]),
  );
  const { body = '' } = github.issues[0] ?? {};
  assert.ok(body.length < 65_536, `${body.length}`);
  assert.match(body, /^<!--.*\n\n````\n[^]*```\n[^]*\n````\n\d+ more lines are left out\./);
});
