import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { test } from 'vitest';
import { drawRecord } from './draw-record.ts';
import { drawHistory, localTime } from './draw.ts';
import { ending, openedRecord, record } from './testing.ts';

const changes = ['api', 'db', 'gateway', 'web'].map((service) => ({ service, change: 'new' as const }));
const open = openedRecord();

const records = [
  record({ number: 1204, ending: { ...ending, changes } }),
  record({ number: 1203, partial: true, who: { name: 'a-workflow-with-a-long-name[bot]' } }),
  record({
    number: 1202,
    command: 'down',
    ending: { ...ending, seconds: 754, changes: changes.slice(0, 2) },
  }),
  record({ number: 1201, ending: { ...ending, changes: [] } }),
  record({ number: 1200, ending: { ...ending, result: 'failed', changes: [] } }),
  record({ number: 1199, command: 'down', data: true, ending: { ...ending, changes: [] } }),
  record({ number: 1198, ending: { ...ending, result: 'refused', changes: [] } }),
  open,
  { ...open, writer: { ...open.writer, host: 'build-machine-17' } },
];

test('the history fits 80 columns and loses no text there', () => {
  const characters = (lines: string[]) => lines.join('').replaceAll(/\s/g, '').split('').toSorted().join('');
  const whole = drawHistory(records, Infinity);
  for (const width of [80, 120]) {
    const lines = drawHistory(records, width);
    assert.ok(lines.every((line) => stringWidth(line) <= width));
    assert.equal(characters(lines), characters(whole));
  }
});

test('each update has a row with its result and what it changed', () => {
  const cells = drawHistory(records, Infinity).map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    cells.map((row) => [row[0], ...row.slice(4)]),
    [
      ['#', 'TOOK', 'RESULT', 'CHANGED'],
      ['1204', '4.5s', 'succeeded', '4 services'],
      ['1203', '4.5s', 'succeeded', 'api (part)'],
      ['1202', '12m34s', 'succeeded', 'down: api, db'],
      ['1201', '4.5s', 'succeeded', 'nothing'],
      ['1200', '4.5s', 'failed', '-'],
      ['1199', '4.5s', 'succeeded', 'down --data: nothing'],
      ['1198', '4.5s', 'refused', '-'],
      ['7', '-', 'interrupted', '-'],
      ['7', '-', 'not closed', '-'],
      ['#7 runs on build-machine-17, or was interrupted there.'],
    ],
  );
});

test('a commit whose files were changed has a mark, which is explained', () => {
  const commit = { hash: '0123456789abcdef', subject: 'Open the shop', dirty: true } as const;
  const lines = drawHistory([record({ commit }), record()], 80);
  assert.match(lines[1] ?? '', / 0123456\* /);
  assert.match(lines[2] ?? '', / 0123456 /);
  assert.equal(lines[3], '* Files of the project differed from the commit.');
  assert.match(drawRecord(record({ commit }), 80).join('\n'), /abcdef, with changed files: Open the shop/);
});

test('a date, a duration and a result stay in one line', () => {
  const lines = drawHistory(records, 80).join('\n');
  for (const text of [localTime(record().started), '12m34s', 'not closed']) {
    assert.ok(lines.includes(text), lines);
  }
});

test('one update in detail names what each service runs, but no text of a stack file', () => {
  const lines = drawRecord(
    record({
      plan: 'dev.0a0a',
      declared: {
        stackFile: 'stacks/shop.prod.yaml',
        files: { 'stacks/shop.prod.yaml': 'extends: shop.yaml', 'stacks/shop.yaml': 'name: shop' },
        config: { 'railhead:target': 'docker', 'shop:size': '3' },
        secrets: ['TOKEN'],
      },
      release: {
        web: { image: 'acme/web:2' },
        api: { hash: 'ad4bcd77e8335c21', image: 'shop/api:9f3c', migrations: [['sql/1.sql', '0a']] },
      },
    }),
    80,
  );
  assert.deepEqual(lines.slice(0, 16), [
    '#7 of dev: succeeded',
    '  command   up',
    `  who       Ada Lovelace <ada@example.org>, on ${record().writer.host}`,
    `  started   ${localTime(record().started)}, took 4.5 s`,
    `  commit    ${record().commit?.hash}: Open the shop`,
    '  Railhead  0.1.0',
    '  plan      dev.0a0a',
    '  files     stacks/shop.prod.yaml, stacks/shop.yaml',
    '  config    railhead:target=docker, shop:size',
    '  secrets   TOKEN',
    '',
    'SERVICE  ARTIFACT          IMAGE          MIGRATIONS',
    'api      ad4bcd77e8335c21  shop/api:9f3c  1',
    'web      -                 acme/web:2     -',
    '',
    lines[15],
  ]);
  assert.match(lines[15] ?? '', /^api {2}changed {2,}█+ {2,}3\.0 s$/);
});
