import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'vitest';
import { runPostJob } from './job.ts';
import { startGitHub } from './testing/github.ts';
import { documentOf, eventOf, handOver, run } from './testing/run.ts';

/** Prepares a job: the stand-in of GitHub, and the environment of a step with its files. */
async function prepare(t: TestContext, event: object = eventOf(run)) {
  const github = await startGitHub(run);
  handOver(github, documentOf());
  const folder = mkdtempSync(join(tmpdir(), 'railhead-job-'));
  t.onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await github.close();
  });
  const fileOf = (name: string) => join(folder, name);
  writeFileSync(fileOf('event'), JSON.stringify(event));
  const env = {
    GITHUB_API_URL: github.access.api,
    GITHUB_GRAPHQL_URL: github.access.graphql,
    GITHUB_TOKEN: github.access.token,
    GITHUB_EVENT_PATH: fileOf('event'),
    GITHUB_STEP_SUMMARY: fileOf('summary'),
    GITHUB_OUTPUT: fileOf('output'),
  };
  return { github, env, read: (name: string) => readFileSync(fileOf(name), 'utf8') };
}

test('a job posts, and writes its summary and the address of the comment', async (t) => {
  const { github, env, read } = await prepare(t);
  await runPostJob(env);
  assert.match(read('summary'), /1 service changes/);
  assert.doesNotMatch(read('summary'), /<!-- railhead-preview/);
  assert.equal(read('output'), `comment=${github.comments[0]?.html_url}\n`);
});

test('a job that another event started posts nothing', async (t) => {
  for (const event of [eventOf(run, 'push'), { action: 'opened', number: 7 }]) {
    const { github, env } = await prepare(t, event);
    await assert.rejects(runPostJob(env), /was not started by the run of a pull request/);
    assert.deepEqual(github.requests, []);
  }
});

test('outside of a job, the message says where the command runs', async (t) => {
  const { env } = await prepare(t);
  await assert.rejects(
    runPostJob({ ...env, GITHUB_TOKEN: '' }),
    /GITHUB_TOKEN is not set\. This command runs in a job of GitHub Actions/,
  );
});
