import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { literal } from './literal.ts';

/** Expands a text like the kubelet (third_party/forked/golang/expansion in Kubernetes), as if every name were defined. */
function expand(text: string): string {
  return text.replace(/\$(\$|\([^)]*\))/g, (_, operand: string) => (operand === '$' ? '$' : 'EXPANDED'));
}

test('a container gets a text unchanged', () => {
  const piece = fc.constantFrom('$', '$', '(', ')', 'HOME', ' ', '{', '"', '\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      assert.equal(expand(literal(text)), text);
    }),
    { numRuns: 2_000 },
  );
  assert.equal(expand('$(HOME) $$'), 'EXPANDED $');
});

test('shell commands without $( stay readable', () => {
  assert.equal(literal('echo "$HOME" ${A} $?'), 'echo "$HOME" ${A} $?');
});
