import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Counter } from '../balancer/figures.ts';
import { Split } from '../balancer/split.ts';
import { judge } from './analysis.ts';
import { CanaryRun } from './run.ts';

const analysis = { errors: 1, p99: 500, for: 10, minRequests: 100 };
const good = { requests: 200, errors: 1, p99: 40 };

test('errors end a canary at once, latency and too few requests at the end of the step', () => {
  const after = (seconds: number, figures = good) => judge(analysis, figures, seconds * 1000);
  assert.equal(after(9), 'waiting');
  assert.equal(after(10), 'passed');
  assert.deepEqual(after(0, { ...good, errors: 2 }), { failed: '1 % errors, and the limit is <1 %' });
  assert.equal(after(9, { ...good, requests: 99, errors: 99 }), 'waiting');
  assert.equal(after(9, { ...good, p99: 501 }), 'waiting');
  assert.deepEqual(after(10, { ...good, p99: 501 }), { failed: 'p99 501 ms, and the limit is <500 ms' });
  const few = '1 request in 10 s, and the analysis needs 100 (`minRequests`)';
  assert.deepEqual(after(10, { requests: 1, errors: 0, p99: 1 }), { failed: few });
});

test('without a minimum of requests, no request is no failure', () => {
  assert.equal(judge({ ...analysis, minRequests: 0 }, { requests: 0, errors: 0, p99: 0 }, 10_000), 'passed');
});

test('a step waits for its weight, and begins again when the balancer has started to count again', () => {
  const run = new CanaryRun({ steps: [10, 50], analysis });
  const seen = (weight: number, since: number) => ({ weight, since, canary: good, stable: good });
  assert.deepEqual(run.next(seen(0, 0), 60_000), { weight: 10 });
  assert.deepEqual(run.next(seen(10, 60_000), 69_000), { weight: 10 });
  assert.deepEqual(run.next(seen(10, 65_000), 71_000), { weight: 10 });
  assert.deepEqual(run.next(seen(10, 65_000), 75_000), { weight: 50 });
  assert.deepEqual(run.next(seen(50, 75_000), 85_000), { weight: 50, end: { passed: true } });
  assert.deepEqual(run.next(seen(50, 75_000), 86_000), { weight: 50, end: { passed: true } });
});

test('the shares of a split are exact for few requests, and no period sends all requests of a kind to one version', () => {
  for (const weight of [1, 10, 33, 50, 99]) {
    const split = new Split();
    split.set(weight);
    const turns = Array.from({ length: 1000 }, () => split.next() === 'canary');
    assert.ok(Math.abs(turns.filter(Boolean).length - weight * 10) <= 4, `${weight} %`);
    const everyFifth = turns.filter((_, index) => index % 5 === 0).filter(Boolean).length;
    assert.ok(Math.abs(everyFifth - weight * 2) <= 6, `every fifth at ${weight} %: ${everyFifth}`);
  }
});

test('the p99 is exact to 5 %', () => {
  const counter = new Counter();
  for (let latency = 1; latency <= 1000; latency++) counter.add(latency, false);
  const { p99 } = counter.figures();
  assert.ok(p99 >= 990 && p99 < 990 * 1.05, String(p99));
});
