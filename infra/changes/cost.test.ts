import assert from 'node:assert/strict';
import { test } from 'vitest';
import { costOf } from './cost.ts';
import { testSide } from './testing.ts';

/** Invented prices. Each part of a sum has digits of its own. */
const pricing = 'pricing: { currency: EUR, cpuHour: 1, memoryGiBHour: 0.01, storageGiBMonth: 0.5 }';
const app = (replicas: string, more = '') =>
  `app: { image: acme/app:1, replicas: ${replicas}, resources: { cpu: 1, memory: 1Gi ${more} } }`;

test('the cost of a month is that of the minimum of replicas and of the storage, before and after', () => {
  const before = snapshotOf([app('{ min: 2, max: 10, cpu: 70 }')]);
  const db = 'db: { type: postgres, storage: 10Gi, resources: { cpu: 2, memory: 512Mi } }';
  const after = snapshotOf([app('3'), db, 'far: { type: redis, external: { url: "${{secret.FAR}}" } }']);
  assert.deepEqual(costOf(before, after), {
    cost: { before: 730 * 2 * 1.01, after: 730 * 3 * 1.01 + 730 * 2.005 + 10 * 0.5, currency: 'EUR' },
    notes: [],
  });
  assert.equal(costOf(undefined, before)?.cost.before, 0);
});

test('what is reserved has a price, not the limit', () => {
  const reserved = snapshotOf([app('2', ', requests: { cpu: 0.5, memory: 256Mi }')]);
  assert.equal(costOf(undefined, reserved)?.cost.after, 730 * 2 * (0.5 + 0.0025));
});

test('both sides have the prices of after, so new prices make no difference', () => {
  const now = snapshotOf([app('2')]);
  for (const prices of [pricing.replace('cpuHour: 1', 'cpuHour: 9'), '']) {
    assert.deepEqual(costOf(snapshotOf([app('2')], prices), now)?.cost, costOf(now, now)?.cost);
  }
});

test('without prices there is no cost', () => {
  assert.equal(costOf(snapshotOf([app('2')]), snapshotOf([app('2')], '')), undefined);
});

test('the notes name what the cost does not include', () => {
  const after = snapshotOf([
    app('2'),
    'bare: { image: acme/app:1 }',
    'db: { type: redis, storage: 1Gi, resources: { cpu: 1 } }',
    'nightly: { image: acme/app:1, cron: "0 0 * * *", resources: { cpu: 1, memory: 1Gi } }',
  ]);
  assert.deepEqual(costOf(undefined, after), {
    cost: { before: 0, after: 730 * 2 * 1.01 + 730 + 0.5, currency: 'EUR' },
    notes: [
      'The cost does not include the CPU of bare: `resources` does not declare it.',
      'The cost does not include the memory of bare, db: `resources` does not declare it.',
      'The cost does not include the runs of nightly: how long they take is not known.',
    ],
  });
});

function snapshotOf(services: string[], prices = pricing) {
  return testSide({ text: `name: shop\nservices:\n  ${services.join('\n  ')}\n${prices}\n` }).snapshot;
}
