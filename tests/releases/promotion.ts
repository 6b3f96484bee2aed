import assert from 'node:assert/strict';
import { succeed } from '../../infra/cli/testing.ts';
import { testShop } from './shop.ts';
import type { ReleaseTarget } from './target.ts';

/** Tests that a promotion runs the images of another environment, by their digests, from the registry. */
export function testPromotion(target: ReleaseTarget): void {
  testShop(
    target,
    'the images that dev has pushed run in another environment, and none is built',
    async (shop) => {
      const promoted = await shop.promote('one');
      const pins = shop.release()?.artifacts ?? {};
      assert.deepEqual(Object.keys(pins), target.artifacts);
      for (const { image } of Object.values(pins)) assert.match(image ?? '', /@sha256:[0-9a-f]{64}$/);
      assert.deepEqual(await shop.images('dev'), promoted);

      const up = await succeed(shop.inQa('up', '-s', 'qa'));
      assertBuiltNothing(up);
      assert.deepEqual(await shop.images('qa'), promoted);
      assert.deepEqual(await (await fetch(await shop.url())).json(), { version: 'one' });
    },
  );
}

export function assertBuiltNothing({ output, errors }: { output: string; errors: string }): void {
  assert.doesNotMatch(errors, /Building/);
  assert.doesNotMatch(output, /docker:index:Image/);
}
