import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { servicePaths } from '../infra/supervisor/paths.ts';
import { issueOf } from '../infra/github/testing/issues.ts';
import { lacksEngine } from '../infra/targets/testing/system.ts';
import { unless } from '../tools/testing/unless.ts';
import { actLack } from './github/act.ts';
import { openShop, type Shop } from './github/shop.ts';

const { describe, test } = unless((await actLack()) ?? (await lacksEngine()));

describe('drift.yml', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    const { code, stdout } = await shop.run('deploy.yml', 'workflow_dispatch', {
      inputs: { environment: 'dev' },
    });
    assert.equal(code, 0, stdout);
  });
  afterAll(() => shop.close());

  const run = (more = {}) => shop.run('drift.yml', 'schedule', {}, more);
  const bodies = () => shop.github.issues.map(({ body, state }) => [state, body]);
  const marker = '<!-- railhead-drift environment=dev -->';

  test('it opens one issue, updates it, and closes it once the drift is gone', async () => {
    // Other users can write the marker too.
    shop.github.issues.push(issueOf(1, `${marker}\n\nForged`, { user: { login: 'mallory' } }));
    const clean = await run();
    assert.equal(clean.code, 0, clean.stdout);
    assert.match(clean.stdout, /dev has no drift, and no issue is open/);
    assert.equal(shop.github.issues.length, 1);

    const spec = join(
      servicePaths({ root: shop.workspace, environment: 'dev', name: 'web' }).workload,
      'spec.json',
    );
    const text = readFileSync(spec, 'utf8');
    const scale = (replicas: number) =>
      writeFileSync(spec, JSON.stringify({ ...(JSON.parse(text) as object), replicas }));
    for (const replicas of [2, 3]) {
      scale(replicas);
      const { code, stdout } = await run();
      assert.equal(code, 0, stdout);
      assert.equal(shop.github.issues.length, 2);
      const [state, body] = bodies()[1] ?? [];
      assert.equal(state, 'open');
      assert.ok(body?.startsWith(`${marker}\n`), body);
      assert.match(body ?? '', new RegExp(`replicas of web: 1 deployed, ${replicas} on disk`));
    }
    assert.equal(shop.github.issues[1]?.title, 'Drift in dev');

    writeFileSync(spec, text);
    const gone = await run();
    assert.equal(gone.code, 0, gone.stdout);
    assert.equal(shop.github.issues.length, 2);
    assert.match(bodies()[1]?.join(' ') ?? '', /^closed .*dev is as update #1 .*left it/s);
    assert.deepEqual(bodies()[0], ['open', `${marker}\n\nForged`]);
  });

  test('it fails if it cannot look, and changes no issue', async () => {
    const before = JSON.stringify(bodies());
    const { code, stdout } = await run({ secrets: { PULUMI_CONFIG_PASSPHRASE: 'wrong' } });
    assert.equal(code, 1, stdout);
    assert.match(stdout, /passphrase/);
    assert.doesNotMatch(stdout, /post-drift "\$DRIFT"\n.*Success/);
    assert.equal(JSON.stringify(bodies()), before);
  });
});
