import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Estimate } from './estimate.ts';

/** Returns the description after `steps` of 1700 steps that take the given seconds each. */
function after(steps: number, seconds: number): string {
  let time = 0;
  const estimate = new Estimate(1700, () => time);
  for (let step = 0; step < steps; step++) {
    time += seconds * 1000;
    estimate.step();
  }
  return estimate.describe();
}

test('the remaining time follows the pace: a loaded machine shows more minutes than a free one', () => {
  assert.equal(after(10, 1), '10 of about 1700 packages');
  assert.equal(after(170, 0.15), '170 of about 1700 packages, about 4 minutes more');
  // 1,081 s in total.
  assert.equal(after(170, 0.636), '170 of about 1700 packages, about 17 minutes more');
  assert.equal(after(1600, 0.636), '1600 of about 1700 packages, about 2 minutes more');
  assert.equal(after(1690, 0.15), '1690 of about 1700 packages, less than a minute more');
  assert.equal(after(1800, 0.15), '1800 of about 1700 packages, less than a minute more');
});

test('a long step changes the estimate while it runs', () => {
  let time = 0;
  const estimate = new Estimate(100, () => time);
  for (let step = 0; step < 50; step++) estimate.step();
  time = 60_000;
  assert.match(estimate.describe(), /about 1 minutes? more/);
  time = 300_000;
  assert.match(estimate.describe(), /about 5 minutes more/);
});
