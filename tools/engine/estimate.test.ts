import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Estimate } from './estimate.ts';

/** Returns the description after `steps` of 1700 steps, so many seconds after the start. */
function after(steps: number, seconds: number): string {
  let time = 0;
  const estimate = new Estimate(1700, () => time);
  for (let step = 0; step < steps; step++) estimate.step();
  time = seconds * 1000;
  return estimate.describe();
}

test('the remaining time follows the pace: a loaded machine shows more minutes than a free one', () => {
  assert.equal(after(10, 10), '10 of about 1700 packages');
  assert.equal(after(170, 25), '170 of about 1700 packages, about 5 minutes more');
  assert.equal(after(170, 125), '170 of about 1700 packages, about 24 minutes more');
  assert.equal(after(1690, 210), '1690 of about 1700 packages, less than a minute more');
  assert.equal(after(1800, 215), '1800 of about 1700 packages, less than a minute more');
});

test('the recorded build of 215 s always shows the minutes that are left, rounded up', () => {
  const recorded = [
    [270, 30],
    [560, 50],
    [832, 70],
    [1088, 90],
    [1258, 120],
    [1459, 140],
    [1508, 180],
    [1649, 210],
  ] as const;
  const shown = recorded.map(([steps, seconds]) => after(steps, seconds).replace(/.*, (about )?/, ''));
  assert.deepEqual(shown, [
    '4 minutes more',
    '3 minutes more',
    '3 minutes more',
    '3 minutes more',
    '2 minutes more',
    '2 minutes more',
    'less than a minute more',
    'less than a minute more',
  ]);
});

test('a long step changes the estimate while it runs', () => {
  let time = 0;
  const estimate = new Estimate(100, () => time);
  for (let step = 0; step < 64; step++) estimate.step();
  time = 42_000;
  assert.match(estimate.describe(), /less than a minute more/);
  time = 420_000;
  assert.match(estimate.describe(), /about 10 minutes more/);
});
