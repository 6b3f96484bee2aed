import assert from 'node:assert/strict';
import { test } from 'vitest';
import { compareTexts } from './compare-texts.ts';

test('texts are sorted by code units, in every locale', () => {
  assert.deepEqual(['ä', 'b', 'a', 'Z'].toSorted(compareTexts), ['Z', 'a', 'b', 'ä']);
  assert.equal(compareTexts('a', 'a'), 0);
});
