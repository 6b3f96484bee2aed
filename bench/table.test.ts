import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compare, summarise } from './compare.ts';
import { partsOf } from './breakdown/parts.ts';
import { formatParts, formatTable, isMet } from './table.ts';

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

test('the parts of a figure add up: each lasts from the end of the part before, and one within a longer part takes no time', () => {
  const ours = { start: 10, build: 40, plan: 30, deploy: undefined, end: 100 };
  const parts = partsOf(ours, { deploy: 20, end: 25 });
  assert.deepEqual(
    parts.map(({ name, ours, reference }) => [name, ours, reference]),
    [
      ['start', 10, 0],
      ['build', 30, 0],
      ['plan', 0, 0],
      ['deploy', 0, 20],
      ['end', 60, 5],
    ],
  );
  const row = { ...summarise('up', 'ms', [{ ours: 100, reference: 25 }]), parts };
  assert.match(
    formatParts(row),
    /^\| up: part +\| ours \| reference \|\n[^]*\| \*\*together\*\* \| 100 +\| 25 +\|$/,
  );
});
