import assert from 'node:assert/strict';
import { test } from 'vitest';
import { RestartPolicy } from './restart.ts';

const crash = { clean: false, readyFor: 0 };
const latest = () => 1;
const earliest = () => 0;

test('on-failure doubles the wait up to 10 s and gives up after its retries', () => {
  const policy = new RestartPolicy({ policy: 'on-failure', maxRetries: 8 }, latest);
  const waits = Array.from({ length: 9 }, () => policy.delay(crash));
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, undefined]);
  assert.equal(new RestartPolicy({ policy: 'on-failure', maxRetries: 1 }, earliest).delay(crash), 125);
});

test('a replica that was ready for 60 s gets all its retries back', () => {
  const policy = new RestartPolicy({ policy: 'on-failure', maxRetries: 1 }, latest);
  assert.equal(policy.delay(crash), 250);
  assert.equal(policy.delay({ clean: false, readyFor: 60_000 }), 250);
  assert.equal(policy.delay({ clean: false, readyFor: 59_000 }), undefined);
});

test('only the policy always restarts after exit code 0', () => {
  const clean = { clean: true, readyFor: 0 };
  const delay = (policy: 'on-failure' | 'always' | 'never') =>
    new RestartPolicy({ policy, maxRetries: 10 }).delay(clean);
  assert.equal(delay('on-failure'), undefined);
  assert.equal(delay('never'), undefined);
  assert.equal(typeof delay('always'), 'number');
});

test('the policy always restarts without limit', () => {
  const policy = new RestartPolicy({ policy: 'always', maxRetries: 1 }, latest);
  const waits = Array.from({ length: 50 }, () => policy.delay(crash));
  assert.ok(waits.every((wait) => wait !== undefined && wait <= 10_000));
});
