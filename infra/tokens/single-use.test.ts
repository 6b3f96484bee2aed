import assert from 'node:assert/strict';
import { test, vi } from 'vitest';
import { createSingleUse } from './single-use.ts';

test('a name is accepted once until its end, and then removed', (t) => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 });
  t.onTestFinished(() => void vi.useRealTimers());
  const isFirstUse = createSingleUse();
  assert.ok(isFirstUse('a', 100));
  assert.ok(isFirstUse('b', 200));
  vi.advanceTimersByTime(99);
  assert.ok(!isFirstUse('a', 100));
  vi.advanceTimersByTime(1);
  assert.ok(isFirstUse('c', 300));
  assert.ok(isFirstUse('a', 400));
  assert.ok(!isFirstUse('b', 200));
});

test('above its capacity it keeps the newest names', () => {
  const isFirstUse = createSingleUse(2);
  const end = Date.now() + 60_000;
  for (const name of ['a', 'b', 'c']) assert.ok(isFirstUse(name, end));
  for (const name of ['b', 'c']) assert.ok(!isFirstUse(name, end));
  assert.ok(isFirstUse('a', end));
});
