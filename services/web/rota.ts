import type { Shift } from '../shared/shift.ts';
import { dateOf, type Day, type Week } from './week.ts';

/** How many colours the style sheet has. */
const colourCount = 10;

export interface Block {
  shift: Shift;
  /** 0 to 9. */
  colour: number;
  /** Began on the Sunday before this week and ends in it. */
  continued: boolean;
}

export interface Row {
  employee: string;
  /** Within this week. */
  hours: number;
  /** One list a day, Monday first. */
  cells: Block[][];
}

export interface Role {
  name: string;
  colour: number;
  shifts: number;
}

/** A week as the page shows it. */
export interface Rota {
  rows: Row[];
  roles: Role[];
  /** Per day how many people begin a shift. */
  people: number[];
  hours: number;
}

/** Puts each shift on the day it begins; one that began before the week is on Monday. */
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

/** A role keeps its colour from week to week, unless another role of the week has taken it. */
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

/** FNV-1a: small and the same in every process. */
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
