import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { correlationId } from './correlation.ts';

test('a well-formed id is kept', () => {
  assert.equal(correlationId('a3f0-b.C_1'), 'a3f0-b.C_1');
});

test('for any input, the result fits in a header and a log line', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constant(undefined), fc.array(fc.string())), (given) => {
      assert.match(correlationId(given), /^[\w.-]{1,64}$/);
    }),
  );
});
