import assert from 'node:assert/strict';
import { test } from 'vitest';
import type { Shift } from '../../shared/shift.ts';
import { rotaOf } from './rota.ts';
import { weekOf, type Week } from './week.ts';

const week = weekOf('2026-11-20') as Week;

function shift(employee: string, role: string, start: string, end: string): Shift {
  const times = { start: `2026-11-${start}:00.000Z`, end: `2026-11-${end}:00.000Z` };
  return { id: `${employee} ${start}`, employee, role, ...times, note: null, createdAt: '', updatedAt: '' };
}

test('employees are rows sorted by name, and shifts are on the day they start', () => {
  const rota = rotaOf(week, [
    shift('Bob', 'Kitchen', '16T09:00', '16T13:00'),
    shift('Ada', 'Barista', '20T22:00', '21T06:00'),
    shift('Bob', 'Kitchen', '16T14:00', '16T17:30'),
  ]);
  assert.deepEqual(
    rota.rows.map(({ employee, hours }) => [employee, hours]),
    [
      ['Ada', 8],
      ['Bob', 7.5],
    ],
  );
  assert.deepEqual(
    rota.rows.map((row) => row.cells.map((blocks) => blocks.length)),
    [
      [0, 0, 0, 0, 1, 0, 0],
      [2, 0, 0, 0, 0, 0, 0],
    ],
  );
  assert.deepEqual(rota.people, [1, 0, 0, 0, 1, 0, 0]);
  assert.equal(rota.hours, 15.5);
});

test('of a shift that extends beyond the week only the hours in the week count', () => {
  const rota = rotaOf(week, [
    shift('Ada', 'Night', '15T22:00', '16T06:00'),
    shift('Ada', 'Night', '22T22:00', '23T06:00'),
  ]);
  const [row] = rota.rows;
  assert.equal(row?.hours, 8);
  assert.deepEqual(
    row.cells[0]?.map((block) => block.continued),
    [true],
  );
  assert.deepEqual(
    row.cells[6]?.map((block) => block.continued),
    [false],
  );
});

test('roles of a week have different colours while there are enough', () => {
  const shifts = Array.from({ length: 12 }, (_, index) =>
    shift('Ada', `Role ${index}`, '16T09:00', '16T10:00'),
  );
  const colours = (count: number) => rotaOf(week, shifts.slice(0, count)).roles.map((role) => role.colour);
  assert.equal(new Set(colours(10)).size, 10);
  assert.ok(colours(12).every((colour) => colour >= 0 && colour < 10));
  assert.deepEqual(colours(1), colours(1));
});
