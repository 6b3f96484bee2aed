import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { readEnvironment, stackFilePath } from '../../common/environment.ts';
import { openContext } from '../../program/context.ts';
import { ending } from '../history/testing.ts';
import { openShop } from '../promotion/testing/shop.ts';
import { formerArtifacts } from './automatic.ts';

test('artifacts that the store has lost are found before anything is changed', async (t) => {
  const shop = openShop(t);
  const { release } = await shop.update();
  shop.write('api/main.js', 'fail();\n');
  const failed = await shop.update({ ending: { ...ending, result: 'failed', failed: ['api'] } });
  const dev = readEnvironment('dev', shop.root);
  const context = await openContext({ ...dev, stackFile: stackFilePath(dev), secrets: undefined });
  const former = () => formerArtifacts(shop.stores.dev, 'dev', failed.number, context);
  const found = await former();
  assert.ok('pins' in found);
  assert.deepEqual(found.pins, release);
  rmSync(join(shop.root, 'dev-store/objects'), { recursive: true });
  const lost = await former();
  assert.match(
    'problems' in lost ? lost.problems.join() : '',
    /^api: .* does not have its content .* See the updates that can come back: .* history -s dev$/,
  );
});
