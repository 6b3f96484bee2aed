import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'vitest';
import * as z from 'zod';
import { openGitHub } from './client.ts';
import { startGitHub, token, type FakeGitHub, type FaultAnswer } from './testing/github.ts';
import { run } from './testing/run.ts';

const path = '/repos/acme/shop/issues/7/comments';

async function start(t: TestContext): Promise<FakeGitHub> {
  const github = await startGitHub(run);
  t.onTestFinished(() => github.close());
  return github;
}

/** Answers the first requests with faults. Returns when each request arrived. */
function failFirst(github: FakeGitHub, ...answers: FaultAnswer[]): number[] {
  const arrivals: number[] = [];
  github.faults.push(() => {
    arrivals.push(Date.now());
    return answers[arrivals.length - 1];
  });
  return arrivals;
}

const list = (github: FakeGitHub) => openGitHub(github.access).send(z.array(z.unknown()), 'GET', path);
const create = (github: FakeGitHub) =>
  openGitHub(github.access).send(z.unknown(), 'POST', path, { body: { body: 'text' } });

describe('a request is repeated', () => {
  test.each([
    ['after 5xx', [{ status: 502 }, { status: 503 }], 500],
    ['after the time of Retry-After', [{ status: 429, headers: { 'retry-after': '1' } }], 1000],
    ['after a secondary limit with Retry-After', [{ status: 403, headers: { 'retry-after': '1' } }], 1000],
  ])('%s', async (_, answers, pause) => {
    const github = await startGitHub(run);
    const arrivals = failFirst(github, ...answers);
    assert.deepEqual(await list(github), []);
    await github.close();
    assert.equal(arrivals.length, answers.length + 1);
    // Timers of Node may fire a millisecond early.
    for (const [index, arrival] of arrivals.slice(1).entries())
      assert.ok(arrival - (arrivals[index] ?? 0) >= pause * 2 ** (index * Number(answers.length > 1)) - 5);
  });

  test('after the reset of the hourly limit', async (t) => {
    const github = await start(t);
    const reset = Math.floor(Date.now() / 1000) + 1;
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
    const arrivals = failFirst(github, { status: 403, headers });
    await list(github);
    assert.ok((arrivals[1] ?? 0) >= reset * 1000);
  });

  test('POST too, if a limit refused it', async (t) => {
    const github = await start(t);
    failFirst(github, { status: 429, headers: { 'retry-after': '0' } });
    await create(github);
    assert.equal(github.comments.length, 1);
  });
});

describe('a request is not repeated', () => {
  test('if it creates something and its outcome is unknown', async (t) => {
    const github = await start(t);
    failFirst(github, { status: 502, andDo: true });
    await assert.rejects(
      create(github),
      /GitHub answered POST \/repos\/acme\/shop\/issues\/7\/comments with 502/,
    );
    assert.equal(github.comments.length, 1);
  });

  test('without a permission: the message lists what the token needs', async (t) => {
    const github = await start(t);
    const body = { message: 'Resource not accessible by integration' };
    const arrivals = failFirst(github, { status: 403, body });
    await assert.rejects(create(github), /with 403\. Its token needs `issues: write`/);
    assert.equal(arrivals.length, 1);
  });

  test('if the limit ends after the job: the message says when', async (t) => {
    const github = await start(t);
    const arrivals = failFirst(github, { status: 429, headers: { 'retry-after': '3600' } });
    await assert.rejects(list(github), /GitHub limits GET .* until 20\d\d-.*Z\. Run the job again then\./);
    assert.equal(arrivals.length, 1);
  });
});

test('errors never contain the token or what GitHub answered', async (t) => {
  const github = await start(t);
  failFirst(github, { status: 422, body: { message: `${token} ::error::text` } });
  await assert.rejects(
    create(github),
    ({ message }: Error) => !message.includes(token) && !message.includes('::'),
  );
});

test('a request without a response is an error that names it', async () => {
  const github = await startGitHub(run);
  await github.close();
  await assert.rejects(create(github), /GitHub did not answer POST/);
});

test('a response that stays an error is one after five attempts', async (t) => {
  const github = await start(t);
  const limit = { status: 429, headers: { 'retry-after': '0' } };
  const arrivals = failFirst(github, limit, limit, limit, limit, limit);
  await assert.rejects(list(github), /GitHub answered GET .* with 429/);
  assert.equal(arrivals.length, 5);
});
