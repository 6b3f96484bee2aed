import type { Shift } from '../../shared/shift.ts';
import { dateOf, type Day, type Week } from './week.ts';

/** Number of role colours in the style sheet. */
const colourCount = 10;

export interface Block {
  shift: Shift;
  /** 0 to 9. */
  colour: number;
  /** Whether the shift began on the Sunday before this week. */
  continued: boolean;
}

export interface Row {
  employee: string;
  /** Hours within this week. */
  hours: number;
  /** One list a day, Monday first. */
  cells: Block[][];
}

export interface Role {
  name: string;
  colour: number;
  shifts: number;
}

/** The data of the week's table. */
export interface Rota {
  rows: Row[];
  roles: Role[];
  /** Number of people who start a shift, per day. */
  people: number[];
  hours: number;
}

/** Puts each shift on the day it starts. A shift that started before the week is on Monday. */
export function rotaOf(week: Week, shifts: readonly Shift[]): Rota {
  const roles = rolesOf(shifts);
  const colours = new Map(roles.map(({ name, colour }) => [name, colour]));
  const rows = [...Map.groupBy(shifts, (shift) => shift.employee)].map(([employee, own]) => ({
    employee,
    hours: sum(own.map((shift) => hoursWithin(week, shift))),
    cells: week.days.map((day, index) =>
      own
        .filter((shift) => shownOn(shift, day, index === 0 ? week.from : undefined))
        .map((shift) => ({
          shift,
          colour: colours.get(shift.role) ?? 0,
          continued: shift.start < week.from,
        })),
    ),
  }));
  rows.sort((a, b) => a.employee.localeCompare(b.employee, 'en'));
  return {
    rows,
    roles,
    people: week.days.map((_, index) => rows.filter((row) => row.cells[index]?.length).length),
    hours: sum(rows.map((row) => row.hours)),
  };
}

function shownOn(shift: Shift, day: Day, weekStart: string | undefined): boolean {
  return dateOf(shift.start) === day.date || (weekStart !== undefined && shift.start < weekStart);
}

/** Gives each role the same colour every week, unless another role of the week has that colour already. */
function rolesOf(shifts: readonly Shift[]): Role[] {
  const taken = new Set<number>();
  const names = [...new Set(shifts.map((shift) => shift.role))].sort((a, b) => a.localeCompare(b, 'en'));
  return names.map((name) => {
    let colour = hash(name) % colourCount;
    for (let tries = 0; taken.has(colour) && tries < colourCount; tries++)
      colour = (colour + 1) % colourCount;
    taken.add(colour);
    return { name, colour, shifts: shifts.filter((shift) => shift.role === name).length };
  });
}

/** FNV-1a hash: short code, and the same result in every process. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text.toLowerCase()) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}

function hoursWithin(week: Week, shift: Shift): number {
  const start = Math.max(Date.parse(shift.start), Date.parse(week.from));
  const end = Math.min(Date.parse(shift.end), Date.parse(week.to));
  return Math.max(0, end - start) / 3_600_000;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
