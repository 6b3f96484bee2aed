import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { markdownTable, paragraph, table } from './table.ts';

const rows = [
  ['SERVICE', 'STATE', 'UPTIME'],
  ['api', 'ready', 'next in 4m, last ended with 0'],
];

test('columns are aligned, and cells are wrapped if the table is too wide', () => {
  assert.deepEqual(table(rows), ['SERVICE  STATE  UPTIME', 'api      ready  next in 4m, last ended with 0']);
  assert.deepEqual(table(rows, 32), [
    'SERVICE  STATE  UPTIME',
    'api      ready  next in 4m, last',
    '                ended with 0',
  ]);
});

test('a path that is wider than its column is wrapped after a dot or a slash', () => {
  const paths = [['services.api.health.path', '/srv/app/data']];
  assert.deepEqual(table(paths, 23), ['services.   /srv/app/', 'api.        data', 'health.', 'path']);
});

test('a paragraph indents the lines after the first one', () => {
  assert.deepEqual(paragraph('one two three four', 9, '  '), ['one two', '  three', '  four']);
  assert.deepEqual(paragraph('one two three four', Infinity, '  '), ['one two three four']);
});

test('a character that takes two columns of the terminal counts as two', () => {
  const wide = [
    ['FOLDER', 'STATE'],
    ['見積もり', 'ready'],
    ['e\u0301tat', 'ready'],
  ];
  assert.deepEqual(table(wide), ['FOLDER    STATE', '見積もり  ready', 'e\u0301tat      ready']);
  assert.deepEqual(table([['見積もり見積', 'ready']], 13), ['見積も  ready', 'り見積']);
});

test('a Markdown table has a heading and aligned columns', () => {
  const content = [
    ['figure', 'unit'],
    ['plan of 10', 's'],
  ];
  assert.deepEqual(markdownTable(content), [
    '| figure     | unit |',
    '| ---------- | ---- |',
    '| plan of 10 | s    |',
  ]);
});

test('fuzz: every table fits the width and loses no word', () => {
  const word = fc.stringMatching(/^[a-z0-9:/.]{1,70}$/);
  const cell = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
  const shape = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(shape, fc.integer({ min: 20, max: 160 }), (content, width) => {
      const lines = table(content, width);
      for (const line of lines) assert.ok(line.length <= width, `${line.length} > ${width}: ${line}`);
      const letters = (texts: readonly string[]) => texts.join('').replaceAll(' ', '').length;
      assert.equal(letters(lines), letters(content.flat()));
    }),
  );
});
