import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { literal } from './literal.ts';

/** What the kubelet makes of a text (third_party/forked/golang/expansion of Kubernetes), where every name is known. */
function expand(text: string): string {
  return text.replace(/\$(\$|\([^)]*\))/g, (_, operand: string) => (operand === '$' ? '$' : 'EXPANDED'));
}

test('a container gets a text as it was written', () => {
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

test('what a shell says stays readable', () => {
  assert.equal(literal('echo "$HOME" ${A} $?'), 'echo "$HOME" ${A} $?');
});
