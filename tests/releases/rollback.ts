import assert from 'node:assert/strict';
import { startTraffic } from '../../infra/canary/testing/traffic.ts';
import { succeed } from '../../infra/cli/testing.ts';
import { assertBuiltNothing } from './promotion.ts';
import { testShop } from './shop.ts';
import type { ReleaseTarget } from './target.ts';

/** Tests what brings the images of a former release back: `onFailure: rollback` by itself, and `railhead rollback`. */
export function testRollback(target: ReleaseTarget): void {
  testShop(
    target,
    'a broken image goes back by itself while the former one serves, and a rollback runs a former image by its digest',
    async (shop) => {
      const one = await shop.promote('one');
      const first = shop.release()?.artifacts;
      await succeed(shop.inQa('up', '-s', 'qa'));
      assert.deepEqual(await shop.images('qa'), one);

      await shop.promote('two', { breaksIn: 'qa' });
      const stop = startTraffic(await shop.url(), 20);
      const failed = await shop.inQa('up', '-s', 'qa');
      const seen = await stop();
      assert.equal(failed.code, 1, failed.output);
      assert.match(failed.errors, /^#2 failed: rolling the artifacts of qa back to #1$/m);
      assert.match(failed.errors, /^releases\/qa\.yaml names the artifacts of #1 now\.$/m);
      assertBuiltNothing(failed);
      assert.deepEqual([seen.failed, seen.of('one')], [0, seen.all]);
      const { artifacts, rollback } = shop.release() ?? {};
      assert.deepEqual([artifacts, rollback], [first, { to: 1, failed: 2, services: ['api'] }]);
      assert.deepEqual(await shop.images('qa'), one);
      const { output } = await succeed(shop.inQa('history', '-s', 'qa'));
      assert.match(output, /^2 .*failed/m);
      assert.match(output, /^3 .*succeeded +rollback to #1: api/m);

      const three = await shop.promote('three');
      await succeed(shop.inQa('up', '-s', 'qa'));
      assert.deepEqual(await shop.images('qa'), three);
      target.forget?.(one.filter((image) => !three.includes(image)));
      const back = await succeed(shop.inQa('rollback', 'qa', '--yes', '--to', '1'));
      assertBuiltNothing(back);
      assert.deepEqual(await shop.images('qa'), one);
      assert.deepEqual(await (await fetch(await shop.url())).json(), { version: 'one' });
      assert.deepEqual(shop.release()?.artifacts, first);
    },
  );
}
