import assert from 'node:assert/strict';
import { test, vi } from 'vitest';
import { limiter } from './limiter.ts';

test('a window begins with the first request of a client and ends after the period', async (t) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  t.onTestFinished(() => void vi.useRealTimers());
  const { limit } = limiter({ requests: 2, period: 10 });
  const ask = async (key: string) => (await limit({ key })).success;

  assert.deepEqual([await ask('a'), await ask('a'), await ask('a')], [true, true, false]);
  assert.equal(await ask('b'), true);
  vi.advanceTimersByTime(9_999);
  assert.equal(await ask('a'), false);
  vi.advanceTimersByTime(1);
  assert.deepEqual([await ask('a'), await ask('a'), await ask('a')], [true, true, false]);
});
