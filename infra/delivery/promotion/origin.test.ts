import assert from 'node:assert/strict';
import { test } from 'vitest';
import { loadRelease } from '../../releases/load.ts';
import { openShop } from './testing/shop.ts';

test('artifacts that the source has from another environment keep the commit that they were built from', async (t) => {
  const shop = openShop(t);
  const built = shop.commit();
  const { release } = await shop.update();
  const { hash, content } = release?.['api'] ?? {};
  const pinned = `version: 1\nenvironment: ci\ncommit: '${built}'\nstack: { file: s.yaml }\ntime: 2026-03-04T05:06:08Z\nby: Ada\n`;
  shop.write(
    'releases/dev.yaml',
    `${pinned}artifacts: { api: { hash: '${hash}', content: '${content}' } }\n`,
  );
  const { commit } = await shop.update();
  await shop.promote();
  const promoted = loadRelease('qa', shop.root)?.release;
  assert.deepEqual([promoted?.commit, promoted?.stack.commit], [built, commit?.hash]);
  shop.commit();
  shop.write(
    'releases/dev.yaml',
    `${pinned}artifacts: { api: { hash: '0123456789abcdef', content: '${content}' } }\n`,
  );
  await assert.rejects(
    shop.promote(),
    /releases\/dev\.yaml names other artifacts than #2 of dev has deployed \(api\)\. Next: npm run up -- -s dev$/m,
  );
});

test('--allow-downgrade writes an older release', async (t) => {
  const shop = openShop(t);
  const { commit, release } = await shop.update();
  shop.write('api/main.js', 'run(2);\n');
  await shop.update();
  await shop.promote();
  shop.commit();
  await shop.update({ commit, release });
  await assert.rejects(shop.promote(), /#3 of dev is older/);
  const { changes } = await shop.promote({ allowDowngrade: true });
  assert.deepEqual(
    changes.map(({ service, after }) => [service, after?.hash]),
    [['api', release?.['api']?.hash]],
  );
});
