import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { commentOf, startGitHub, type FakeGitHub } from '../infra/github/testing/github.ts';
import { eventOf, pullRequest, run } from '../infra/github/testing/run.ts';
import { zip } from '../infra/github/testing/zip.ts';
import { unless } from '../tools/testing/unless.ts';
import { actLack } from './github/act.ts';
import { openRepository, type ActRepository } from './github/pull-request.ts';

// Runs the workflows as they are, in processes of this machine, against stand-ins of GitHub and of the actions of others.
const { describe, test } = unless(await actLack());

describe('the workflows', () => {
  let repository: ActRepository;
  let github: FakeGitHub;
  let files: Record<string, string>;

  beforeAll(async () => {
    repository = await openRepository((folder) => {
      const file = join(folder, 'stacks/rota.yaml');
      const text = readFileSync(file, 'utf8');
      assert.match(text, /LOG_LEVEL: \w+/);
      writeFileSync(file, text.replace(/LOG_LEVEL: \w+/, 'LOG_LEVEL: trace'));
    });
    github = await startGitHub(run);
    github.pulls = [pullRequest(7)];
  });

  afterAll(async () => {
    await github.close();
    await repository.close();
  });

  const post = (number: number) =>
    repository.run(
      'preview-post.yml',
      'workflow_run',
      eventOf({ ...run, order: [number, 1] }),
      github.access,
    );

  test('preview.yml hands a preview over, without a token that could write', async () => {
    const branches = { base: { ref: 'main' }, head: { ref: 'head' } };
    const { code, stdout } = await repository.run('preview.yml', 'pull_request', {
      pull_request: { number: 7, ...branches },
    });
    assert.equal(code, 0, stdout);
    const read = (name: string) => readFileSync(join(repository.artifacts, 'railhead-preview', name), 'utf8');
    files = { 'pull-request': read('pull-request'), 'preview.json': read('preview.json') };
    assert.equal(files['pull-request'], '7\n');
    assert.match(read('preview.md'), /LOG_LEVEL/);
    assert.match(read('preview.html'), /LOG_LEVEL/);
  });

  test('preview-post.yml creates the comment and the check run', async () => {
    github.artifact = zip(files);
    const { code, stdout } = await post(12);
    assert.equal(code, 0, stdout);
    assert.match(github.comments[0]?.body ?? '', /^<!-- railhead-preview run=12\.1 -->[^]*LOG_LEVEL/);
    assert.equal(github.checks.length, 1);
  });

  test('its next run finds the comment on the third page and updates it', async () => {
    const chatter = Array.from({ length: 230 }, (_, index) => commentOf(1000 + index, 'Nice', 'alice'));
    github.comments.unshift(...chatter);
    const { code, stdout } = await post(13);
    assert.equal(code, 0, stdout);
    assert.equal(github.comments.length, 231);
    assert.match(github.comments[230]?.body ?? '', /^<!-- railhead-preview run=13\.1 -->/);
  });

  test('it refuses the file of a fork that has texts of its own', async () => {
    const document = { ...(JSON.parse(files['preview.json'] ?? '') as object), markdown: '::error::canary' };
    github.artifact = zip({ ...files, 'preview.json': JSON.stringify(document) });
    const { code, stdout } = await post(14);
    assert.equal(code, 1);
    assert.match(stdout, /preview\.json is not a preview of this version of Railhead/);
    assert.doesNotMatch(JSON.stringify([stdout, github.comments, github.checks]), /canary/);
  });
});
