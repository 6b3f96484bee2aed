import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseDocument } from './document.ts';
import { placesIn } from './places.ts';
import { toValue, type Tree } from './tree.ts';
import { parseTree } from './yaml-tree.ts';

/** Texts that YAML could take for something else, or that need quotes or a block. */
const hard = fc.constantFrom(
  ...[
    '',
    ' ',
    '~',
    'null',
    'true',
    'yes',
    '0x1F',
    '0o17',
    '1_000',
    '1e3',
    '.inf',
    '-',
    '- a',
    '? a',
    ': b',
    'a: b',
  ],
  ...[
    '#a',
    'a #b',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    "it's",
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    '<<',
  ],
  ...[
    'a\nb',
    'a\n',
    '\na',
    'a\n\n\nb\n\n',
    '  a\n b',
    '\ta',
    'a\tb',
    'é',
    '\u2028',
    '\u{1F600}',
    '${{a.B}}',
    '---',
    '...',
  ],
);
const text = fc.oneof(hard, fc.string({ unit: 'grapheme', maxLength: 100 }));
const scalar = fc.oneof(text, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const key = text.filter((name) => !['__proto__', 'constructor', 'prototype', '<<'].includes(name));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}));

const style = fc.record({
  defaultStringType: fc.constantFrom(
    'PLAIN',
    'QUOTE_DOUBLE',
    'QUOTE_SINGLE',
    'BLOCK_LITERAL',
    'BLOCK_FOLDED',
  ),
  collectionStyle: fc.constantFrom('any', 'flow', 'block'),
  indent: fc.constantFrom(1, 2, 4),
  lineWidth: fc.constantFrom(0, 20, 80),
});

test('reads what another parser reads, however it is written', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1, maxKeys: 4 }), style, (map, options) => {
      const written = stringify(map, { ...options, aliasDuplicateObjects: false });
      const tree = parseDocument(written, 'a.yaml');
      assert.deepEqual(toValue(tree), parse(written, { schema: 'core', stringKeys: true }));
      for (const { place, start } of starts(tree)) {
        const line = written.split('\n')[place.line - 1] ?? '';
        const [before, rest] = [line.slice(0, place.column - 1), line.slice(place.column - 1)];
        assert.match(before, /^$|[ [{]$/);
        assert.ok(rest.startsWith(start) || /^["'|>]/.test(rest), `${rest} is not ${start}`);
      }
    }),
    { numRuns: 500 },
  );
});

/** Returns the place of each scalar that is not empty, and the word with which it starts if it is not quoted. */
function starts(tree: Tree): { place: Tree['place']; start: string }[] {
  if (tree.kind === 'list') return tree.items.flatMap(starts);
  if (tree.kind === 'map') return [...tree.entries.values()].flatMap(({ value }) => starts(value));
  return tree.text === '' ? [] : [{ place: tree.place, start: /^\S*/.exec(tree.text)?.[0] ?? '' }];
}

test('the place of a block text is that of its header, also before a comment', () => {
  for (const [text, line, column] of [
    ['|- # none\n', 1, 1],
    ['a: 1\nb: |- # none\n', 2, 4],
    ['b: >2 # a comment\n   text\n', 1, 4],
    ['b: |\n  text # no comment\n', 1, 4],
  ] as const) {
    const { tree } = parseTree(text, placesIn(text, 'a.yaml'), assert.fail);
    const value = tree?.kind === 'map' ? tree.entries.get('b')?.value : tree;
    assert.deepEqual(value?.place, { file: 'a.yaml', line, column }, text);
  }
});
