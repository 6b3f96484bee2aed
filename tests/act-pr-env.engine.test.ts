import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { lacksEngine } from '../infra/targets/testing/system.ts';
import { unless } from '../tools/testing/unless.ts';
import { actLack, repository } from './github/act.ts';
import { openShop, page, type Shop } from './github/shop.ts';

const { describe, test } = unless((await actLack()) ?? (await lacksEngine()));

describe('the workflows of pull requests', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(async () => {
    await shop.railhead('pr', 'down', '7');
    await shop.close();
  });

  interface Pull {
    labels?: string[];
    fork?: boolean;
    label?: string;
    state?: 'open' | 'closed';
  }

  /** Runs a workflow for an action on the pull request #7, whose branch is checked out. */
  const on = async (
    action: string,
    {
      labels = ['environment'],
      fork = false,
      label,
      state = action === 'closed' ? 'closed' : 'open',
    }: Pull = {},
    workflow = 'pr-env.yml',
    env = {},
  ) => {
    const names = (all: string[]) => all.map((name) => ({ name }));
    const base = { ref: 'main', sha: shop.git('rev-parse', 'origin/main') };
    const head = { ref: 'head', repo: { full_name: fork ? 'mallory/shop' : repository } };
    const pull = { number: 7, state, labels: names(labels), base, head };
    const { code, stdout } = await shop.run(
      workflow,
      'pull_request',
      { action, pull_request: pull, ...(label !== undefined && { label: { name: label } }) },
      { ref: 'refs/pull/7/merge', env },
    );
    assert.doesNotMatch(stdout, /canary/);
    return { code, stdout };
  };
  const comment = () => {
    assert.ok(shop.github.comments.length <= 1);
    return shop.github.comments[0]?.body ?? '';
  };
  const urlIn = (text: string) => /\*\*URL: <([^>]+)>\*\*/.exec(text)?.[1] ?? '';
  const stacks = () => globSync('state/.pulumi/stacks/*/pr-*.json', { cwd: join(shop.workspace, '..') });

  test('check.yml checks the stack files, the policy, and each service that changes', async () => {
    // Its jobs run at once, each in a workspace of its own.
    const check = () => on('opened', {}, 'check.yml', { RAILHEAD_WORKSPACE: '' });
    shop.push({ 'web/main.ts': page('changed') }, 'head');
    const untested = await check();
    assert.equal(untested.code, 0, untested.stdout);
    assert.match(untested.stdout, /stacks\/shop\.yaml is valid/);
    assert.match(untested.stdout, /dev: no findings/);
    assert.doesNotMatch(untested.stdout, /vitest/, 'the tests of another folder');

    const tested = JSON.stringify({ scripts: { test: 'echo "tests of $(basename "$PWD")"; exit 3' } });
    shop.push({ 'web/main.ts': page('changed'), 'web/package.json': tested }, 'head');
    const { code, stdout } = await check();
    assert.equal(code, 1, stdout);
    assert.match(stdout, /\| tests of web$/m);
  });

  test('pr-env.yml runs neither without the label, nor for a fork', async () => {
    for (const pull of [{ labels: ['other'] }, { fork: true }]) {
      const { code, stdout } = await on('opened', pull);
      assert.equal(code, 0, stdout);
      assert.doesNotMatch(stdout, /railhead pr/);
    }
    assert.deepEqual([stacks(), comment()], [[], '']);
  });

  test('pr-env.yml runs the environment, and one comment has its URL', async () => {
    const first = await on('labeled');
    assert.equal(first.code, 0, first.stdout);
    const url = urlIn(comment());
    assert.match(comment(), /^<!-- railhead-environment run=\d+\.1 -->\n\n\*\*URL: /);
    assert.match(comment(), /\*\*`pr-7`\*\* runs `web`/);
    assert.equal(await (await fetch(url)).text(), 'changed');

    shop.push({ 'web/main.ts': page('changed again') }, 'head');
    const second = await on('synchronize');
    assert.equal(second.code, 0, second.stdout);
    assert.equal(await (await fetch(urlIn(comment()))).text(), 'changed again');
  });

  test('the comment says if an update failed', async () => {
    shop.push({ 'web/main.ts': 'process.exit(1);' }, 'head');
    const { code } = await on('synchronize');
    assert.equal(code, 1);
    assert.match(comment(), /\*\*The update of `pr-7` failed\.\*\*/);
    shop.push({ 'stacks/shop.yaml': 'services: 3' }, 'head');
    assert.equal((await on('synchronize')).code, 1);
    assert.match(comment(), /could not be updated\.\*\* The log of the run has the reason/);
  });

  test('pr-env.yml removes the environment when the pull request is closed, and says so', async () => {
    const { code, stdout } = await on('closed');
    assert.equal(code, 0, stdout);
    assert.deepEqual(stacks(), []);
    assert.match(comment(), /was removed, with its data/);

    const labeled = await on('labeled', { label: 'other', state: 'closed' });
    assert.equal(labeled.code, 0, labeled.stdout);
    assert.doesNotMatch(labeled.stdout, /railhead pr/);
    assert.deepEqual(stacks(), []);
  });

  test('reaper.yml removes what has expired, and nothing else', async () => {
    shop.push({ 'web/main.ts': page('changed') }, 'head');
    assert.equal((await on('opened')).code, 0);
    const reap = async () => {
      const { code, stdout } = await shop.run('reaper.yml', 'schedule');
      assert.equal(code, 0, stdout);
      return stacks().length;
    };
    assert.equal(await reap(), 1);
    const [file = ''] = stacks();
    const tags = join(shop.workspace, '..', file.replace(/json$/, 'pulumi-tags'));
    const past = readFileSync(tags, 'utf8').replace(/20\d\d(-\d\d-\d\dT)/, '2020$1');
    writeFileSync(tags, past);
    assert.equal(await reap(), 0);
  });
});
