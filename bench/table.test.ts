import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compare, summarise } from './compare.ts';
import { formatTable, isMet } from './table.ts';

test('the sides are measured alternately, and the warm-up does not count', async () => {
  const turns: string[] = [];
  const side = (name: string, figures: number[]) => () => {
    turns.push(name);
    return Promise.resolve(figures.shift() ?? NaN);
  };
  const row = await compare('a', {
    unit: 'ms',
    rounds: 2,
    ours: side('ours', [900, 10, 30]),
    reference: side('reference', [1, 10, 10]),
  });
  assert.deepEqual(turns, ['reference', 'ours', 'reference', 'ours', 'reference', 'ours']);
  assert.deepEqual(row.ratio, { median: 2, min: 1, max: 3 });
});

test('the median decides whether a goal is met', () => {
  const pairs = [1, 2, 9].map((ours) => ({ ours, reference: 2 }));
  assert.ok(isMet(summarise('most', 'ms', pairs, { atMost: 1 })));
  assert.ok(!isMet(summarise('least', '/s', pairs, { atLeast: 1.1 })));
  const table = formatTable([summarise('most', 'ms', pairs, { atMost: 1 })]);
  assert.match(
    table,
    /^\| figure \| .*\n\| -+ \| .*\n\| most +\| 2\.00 ms \| 2\.00 ms +\| 1\.00 +\| 0\.50–4\.50 \| ≤ 1 +\| met \|$/,
  );
});
