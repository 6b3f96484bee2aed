import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createSingleUse } from './single-use.ts';

test('a name is accepted once until its end, and then removed', (t) => {
  mock.timers.enable({ apis: ['Date'], now: 0 });
  t.after(() => mock.timers.reset());
  const isFirstUse = createSingleUse();
  assert.ok(isFirstUse('a', 100));
  assert.ok(isFirstUse('b', 200));
  mock.timers.tick(99);
  assert.ok(!isFirstUse('a', 100));
  mock.timers.tick(1);
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
