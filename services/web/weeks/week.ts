const dayLength = 24 * 60 * 60 * 1000;

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });
const longDate = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});
const range = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** One day in UTC. `date` has the format `2026-11-20`. */
export interface Day {
  date: string;
  /** `Fri` */
  weekday: string;
  /** `20` */
  number: string;
  /** `Friday 20 November` */
  name: string;
}

/** Monday to Sunday, in UTC. */
export interface Week {
  monday: string;
  days: Day[];
  /** First instant of this week and of the next one, ISO 8601. */
  from: string;
  to: string;
  previous: string;
  next: string;
  /** `16–22 November 2026` */
  title: string;
}

/** Returns the week that contains `date` (`2026-11-20`), or undefined if it is not a date from 1970 to 2199. */
export function weekOf(date: string): Week | undefined {
  const day = parseDate(date);
  if (day === undefined) return undefined;
  const monday = addDays(date, -((day.getUTCDay() + 6) % 7));
  const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => describeDay(addDays(monday, offset)));
  const next = addDays(monday, 7);
  return {
    monday,
    days,
    from: `${monday}T00:00:00.000Z`,
    to: `${next}T00:00:00.000Z`,
    previous: addDays(monday, -7),
    next,
    title: range.formatRange(new Date(monday), new Date(addDays(monday, 6))),
  };
}

/** Returns the date in UTC, for example `2026-11-20`. */
export function dateOf(instant: Date | string): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Returns the time in UTC, for example `09:30`. */
export function timeOf(instant: string): string {
  return new Date(instant).toISOString().slice(11, 16);
}

export function addDays(date: string, days: number): string {
  return dateOf(new Date(Date.parse(date) + days * dayLength));
}

/** Returns the day in words, for example `Friday 20 November`. */
export function longDay(date: string): string {
  return longDate.format(new Date(date));
}

function describeDay(date: string): Day {
  const instant = new Date(date);
  return {
    date,
    weekday: weekday.format(instant),
    number: String(instant.getUTCDate()),
    name: longDate.format(instant),
  };
}

/** Parses a date. Also refuses dates that `Date` would correct, for example 31 February. */
function parseDate(date: string): Date | undefined {
  if (!/^(19[7-9]\d|2[01]\d\d)-\d\d-\d\d$/.test(date)) return undefined;
  const instant = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && dateOf(instant) === date ? instant : undefined;
}
