import assert from 'node:assert/strict';
import { afterAll, beforeAll } from 'vitest';
import { lacksEngine } from '../infra/targets/testing/system.ts';
import { unless } from '../tools/testing/unless.ts';
import { actLack } from './github/act.ts';
import { openShop, page, type Shop } from './github/shop.ts';

// `environment:` has no effect in act: that it asks for approval is not tested.
const { describe, test } = unless((await actLack()) ?? (await lacksEngine()));

describe('the workflows that deploy', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const succeed = async (running: ReturnType<Shop['run']>) => {
    const { code, stdout, problem } = await running;
    assert.equal(code, 0, `${stdout}\n${problem}`);
    assert.doesNotMatch(stdout, /canary/);
    return stdout;
  };

  test('deploy.yml deploys the environments that a push changes, and no other', async () => {
    const before = shop.git('rev-parse', 'HEAD');
    shop.push({ 'web/main.ts': page('two') });
    const stdout = await succeed(shop.run('deploy.yml', 'push', { before }));
    assert.equal(await shop.reply('dev'), 'two');
    assert.doesNotMatch(stdout, /-s qa|\(qa\)/);

    const unchanged = shop.git('rev-parse', 'HEAD');
    shop.push({ 'README.md': 'Read me' });
    const skipped = await succeed(shop.run('deploy.yml', 'push', { before: unchanged }));
    assert.doesNotMatch(skipped, /railhead up/);
  });

  test('promote.yml opens one pull request with the release file, and its merge deploys exactly that', async () => {
    const promote = () =>
      succeed(shop.run('promote.yml', 'workflow_dispatch', { inputs: { from: 'dev', to: 'qa', only: '' } }));
    await promote();
    const [pull] = shop.github.pulls;
    assert.deepEqual(
      [pull?.title, pull?.base, pull?.head.label],
      ['Promote #1 of dev to qa', 'main', 'acme:promote/qa-1'],
    );
    assert.match(pull?.body ?? '', /`releases\/qa\.yaml` gets the artifacts of #1 of `dev`/);
    assert.match(
      await promote(),
      /A pull request for promote\/qa-1 is open: https:\/\/github\.test\/pull\/1/,
    );
    assert.equal(shop.github.pulls.length, 1);

    const before = shop.push({});
    shop.git('fetch', '--quiet', 'origin');
    shop.git('merge', '--quiet', '--no-ff', '--message=Merge', 'origin/promote/qa-1');
    shop.git('push', '--quiet', 'origin', 'main');
    const stdout = await succeed(shop.run('deploy.yml', 'push', { before }));
    assert.doesNotMatch(stdout, /Building/);
    assert.equal(await shop.reply('qa'), 'two');
  });

  test('deploy.yml deploys what is chosen by hand, and fails if it cannot', async () => {
    const chosen = (environment: string) =>
      shop.run('deploy.yml', 'workflow_dispatch', { inputs: { environment } });
    await succeed(chosen('dev'));
    const { code, stdout } = await chosen('none"; exit 0; "');
    assert.equal(code, 1);
    assert.match(stdout, /No workflow deploys "none\\"; exit 0; \\""/);
    assert.doesNotMatch(stdout, /railhead up/);
  });
});
