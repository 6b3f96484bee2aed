import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import './validation.ts';

const accepts = (format: string) => {
  const validator = Compile(Type.String({ format }));
  return (value: string) => validator.Check(value);
};

test('an instant has a zone, exists, and lies within the years that Date and Postgres share', () => {
  const isInstant = accepts('instant');
  for (const good of ['2026-03-02T09:00:00Z', '2026-03-02T09:00:00.5+02:00', '2028-02-29T00:00:00Z']) {
    assert.ok(isInstant(good), good);
  }
  const bad = [
    '2026-03-02',
    '2026-03-02T09:00:00',
    '2026-02-29T00:00:00Z',
    '2026-12-31T23:59:60Z',
    '0000-01-01T00:00:00Z',
  ];
  for (const value of bad) assert.ok(!isInstant(value), value);
});

test('every date of those years is an instant in ISO form', () => {
  const isInstant = accepts('instant');
  const dates = fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
  fc.assert(fc.property(dates, (date) => isInstant(date.toISOString())));
});

test('a line has a visible character and no line break', () => {
  const isLine = accepts('line');
  for (const good of ['Ada', ' Ada Lovelace ', 'Zoë', '李']) assert.ok(isLine(good), good);
  for (const bad of ['', '   ', 'a\nb', 'a\u0000', '\u001b[31m'])
    assert.ok(!isLine(bad), JSON.stringify(bad));
});

test('a text may have several lines', () => {
  const isText = accepts('text');
  assert.ok(isText('one\ntwo\tthree\r\n'));
  for (const bad of ['a\u0000', 'a\u0007']) assert.ok(!isText(bad), JSON.stringify(bad));
});
