import assert from 'node:assert/strict';
import { test } from 'node:test';
import { twoColumns } from './two-columns.ts';

const rows: [string, string][] = [
  ['up', 'Run the system.'],
  ['status', 'Services and replicas.'],
];

test('the second column is aligned', () => {
  assert.deepEqual(twoColumns(rows), ['  up      Run the system.', '  status  Services and replicas.']);
});

test('on a narrow terminal it is broken between words', () => {
  assert.deepEqual(twoColumns(rows, 26), [
    '  up      Run the system.',
    '  status  Services and',
    '          replicas.',
  ]);
  // No word is lost or cut, however narrow.
  assert.equal(
    twoColumns(rows, 1).join(' ').replaceAll(/ +/g, ' '),
    ' up Run the system. status Services and replicas.',
  );
});
