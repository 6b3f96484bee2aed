import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { limiter } from './limiter.ts';

test('a window begins with the first request of a client and ends after the period', async (t) => {
  mock.timers.enable({ apis: ['Date'] });
  t.after(() => mock.timers.reset());
  const { limit } = limiter({ requests: 2, period: 10 });
  const ask = async (key: string) => (await limit({ key })).success;

  assert.deepEqual([await ask('a'), await ask('a'), await ask('a')], [true, true, false]);
  assert.equal(await ask('b'), true);
  mock.timers.tick(9_999);
  assert.equal(await ask('a'), false);
  mock.timers.tick(1);
  assert.deepEqual([await ask('a'), await ask('a'), await ask('a')], [true, true, false]);
});
