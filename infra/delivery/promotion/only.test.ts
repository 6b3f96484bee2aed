import assert from 'node:assert/strict';
import { test } from 'vitest';
import { loadRelease } from '../../releases/load.ts';
import { openShop, releaseFile, type Shop } from './testing/shop.ts';

const references = { variables: { API_URL: '${{api.URL}}' } };

/** Makes a shop whose `web` references `api`, and promotes its first update. */
async function openConnected(shop: Shop) {
  shop.stack({ api: { port: 3001 } }, { web: references }, 'cron');
  const { commit } = await shop.update();
  await shop.promote();
  shop.commit();
  return commit?.hash;
}

test('--only replaces the artifacts of these services, each with its commit, and the rest of the release stays', async (t) => {
  const shop = openShop(t);
  const first = await openConnected(shop);
  const before = loadRelease('qa', shop.root)?.release;
  shop.write('api/main.js', 'run(2);\n');
  shop.write('cron/main.js', 'run(2);\n');
  const { release, commit } = await shop.update();
  const { changes } = await shop.promote({ only: ['api'] });
  assert.deepEqual(
    changes.map(({ service }) => service),
    ['api'],
  );
  const after = loadRelease('qa', shop.root)?.release;
  assert.deepEqual([after?.commit, after?.stack], [first, before?.stack]);
  assert.deepEqual(after?.artifacts, {
    ...before?.artifacts,
    api: { ...release?.['api'], commit: commit?.hash },
  });
  // A later promotion of all has one commit again.
  shop.commit();
  await shop.promote();
  const whole = loadRelease('qa', shop.root)?.release;
  assert.equal(whole?.commit, commit?.hash);
  assert.deepEqual(whole?.artifacts['api'], release?.['api']);
});

test('--only of an environment that was rolled back ends the rollback', async (t) => {
  const shop = openShop(t);
  await openConnected(shop);
  shop.write(releaseFile, `${shop.file()}rollback: { to: 1 }\n`);
  shop.commit();
  shop.write('cron/main.js', 'run(2);\n');
  await shop.update();
  assert.equal((await shop.promote({ only: ['cron'] })).release.rollback, undefined);
});

test('a promotion of all is a downgrade of a service that was promoted alone and later', async (t) => {
  const shop = openShop(t);
  await openConnected(shop);
  shop.write('cron/main.js', 'run(2);\n');
  const old = await shop.update();
  shop.write('api/main.js', 'run(2);\n');
  await shop.update();
  await shop.promote({ only: ['api'] });
  shop.commit();
  await shop.update({ commit: old.commit, release: old.release });
  await assert.rejects(
    shop.promote(),
    /#4 of dev is older than the release of qa: api: commit \w{8} comes before \w{8}\./,
  );
});

test.for<[string, string[], RegExp, (shop: Shop) => unknown]>([
  [
    'services that changed together',
    ['web'],
    /web: #2 of dev has changed it together with api, one references the other, and qa has an older api\. Promote both: npx --no -- railhead promote dev qa --only api,web$/m,
    async (shop) => {
      shop.write('api/main.js', 'run(2);\n');
      shop.write('web/main.js', 'run(2);\n');
      await shop.update();
      // What follows does not separate them.
      shop.write('web/main.js', 'run(3);\n');
      await shop.update();
    },
  ],
  [
    'a reference that only the source has',
    ['api'],
    /api: dev gives it TOKEN from \$\{\{secret\.TOKEN\}\}, and stacks\/qa\.yaml does not\. Add the variable there\.$/m,
    async (shop) => {
      const removed = {
        extends: 'shop.yaml',
        services: { api: { variables: { TOKEN: null, LEVEL: null } } },
      };
      shop.write('stacks/qa.yaml', JSON.stringify(removed));
      shop.environment('qa', { stackFile: 'stacks/qa.yaml' });
      const variables = { TOKEN: '${{secret.TOKEN}}', LEVEL: 'debug' };
      shop.stack({ api: { port: 3001, variables } }, { web: references }, 'cron');
      await shop.update();
    },
  ],
  [
    'an unknown service',
    ['wbe'],
    /--only wbe: stacks\/shop\.yaml builds nothing of this name; did you mean "web"\?$/m,
    () => undefined,
  ],
  [
    'a release file without the rest',
    ['api'],
    /mail: releases\/qa\.yaml has no artifact of it\. Add it to --only\.$/m,
    async (shop) => {
      shop.stack({ api: { port: 3001 } }, { web: references }, 'cron', 'mail');
      await shop.update();
    },
  ],
  [
    'a record without stack files',
    ['api'],
    /#2 of dev does not say which services reference each other\. Promote all of them: npx --no -- railhead promote dev qa$/m,
    (shop) =>
      shop.update({ declared: { stackFile: 'stacks/shop.yaml', files: {}, config: {}, secrets: [] } }),
  ],
])('--only is refused because of %s', async ([, only, problem, arrange], t) => {
  const shop = openShop(t);
  await openConnected(shop);
  await arrange(shop);
  const before = shop.file();
  await assert.rejects(shop.promote({ only }), problem);
  assert.equal(shop.file(), before);
});

test('services that changed together in an update that the other environment has can be promoted alone', async (t) => {
  const shop = openShop(t);
  await openConnected(shop);
  shop.write('api/main.js', 'run(2);\n');
  shop.write('web/main.js', 'run(2);\n');
  await shop.update();
  await shop.promote();
  shop.commit();
  shop.write('web/main.js', 'run(3);\n');
  await shop.update();
  assert.deepEqual(
    (await shop.promote({ only: ['web'] })).changes.map(({ service }) => service),
    ['web'],
  );
});

test('--only needs a release file, whose rest it keeps', async (t) => {
  const shop = openShop(t);
  await shop.update();
  await assert.rejects(
    shop.promote({ only: ['api'] }),
    /--only leaves the rest of releases\/qa\.yaml as it is, and the file does not exist\. First, without --only: .* promote dev qa$/m,
  );
});
