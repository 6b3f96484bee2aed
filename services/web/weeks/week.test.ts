import assert from 'node:assert/strict';
import { test } from 'vitest';
import fc from 'fast-check';
import { addDays, dateOf, weekOf } from './week.ts';

test('a week goes from Monday to Sunday, over the end of a year too', () => {
  const week = weekOf('2027-01-01');
  assert.equal(week?.monday, '2026-12-28');
  assert.deepEqual([week.previous, week.next], ['2026-12-21', '2027-01-04']);
  assert.deepEqual([week.from, week.to], ['2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z']);
  assert.equal(week.days.map((day) => day.weekday).join(' '), 'Mon Tue Wed Thu Fri Sat Sun');
  assert.equal(week.days[6]?.name, 'Sunday 3 January');
  assert.match(week.title, /^28 December 2026\s–\s3 January 2027$/);
});

test('an invalid date has no week', () => {
  for (const text of [
    '',
    'today',
    '2026-02-30',
    '2026-13-01',
    '1969-12-31',
    '2200-01-01',
    '2026-1-1',
    '2026-01-01T00:00',
  ]) {
    assert.equal(weekOf(text), undefined, text);
  }
});

test('every day is in its own week, and weeks follow each other', () => {
  const date = fc
    .date({ min: new Date('1971-01-01'), max: new Date('2198-12-31'), noInvalidDate: true })
    .map(dateOf);
  fc.assert(
    fc.property(date, (text) => {
      const week = weekOf(text);
      assert.ok(week !== undefined && week.days.some((day) => day.date === text));
      assert.equal(weekOf(week.next)?.monday, week.next);
      assert.equal(weekOf(week.next)?.previous, week.monday);
      assert.equal(addDays(week.monday, 7), week.next);
    }),
  );
});
