import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { parse } from 'yaml';
import { toYaml } from './yaml.ts';

test('a written document parses to the original value', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      'yes',
      'null',
      '1e3',
      '0x1f',
      '~',
      'a: b',
      'a #b',
      '- a',
      'a:',
      ' a',
      '<<',
      '2026-11-20',
      '1:30',
    ),
    fc
      .array(fc.constantFrom('a', ' ', '\n', '\t', '#', ':', '"', "'", '-', '\r'), { maxLength: 12 })
      .map((parts) => parts.join('')),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }));
  fc.assert(
    fc.property(value, (value) => {
      for (const version of ['1.1', '1.2'] as const)
        assert.deepEqual(parse(toYaml(value), { version }), value);
    }),
    { numRuns: 2000 },
  );
});

test('keys are in the usual order', () => {
  assert.equal(
    toYaml({
      spec: { b: [{ value: 1, name: 'x' }, []], a: 'one\n  two\n' },
      kind: 'A',
      apiVersion: 'v1',
      empty: {},
    }),
    [
      ...['apiVersion: v1', 'kind: A', 'empty: {}', 'spec:', '  a: |', '    one', '      two'],
      ...['  b:', '    - name: x', '      value: 1', '    - []', ''],
    ].join('\n'),
  );
});

test('a string with a document marker stays one document', () => {
  for (const value of ['a\n---', 'a\n...\nb', { a: 'a\n---\nb' }, ['a\n---']]) {
    assert.deepEqual(parse(toYaml(value)), value);
  }
});

test('characters that a strict reader rejects or folds are escaped', () => {
  assert.equal(toYaml('\u007f\u0085\u2028\ufeff é'), '"\\u007f\\u0085\\u2028\\ufeff é"\n');
});
