const names = {
  3: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  4: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
} as Record<number, string[]>;

/** First and last value of minute, hour, day, month and weekday; Sunday is 0. */
const ranges: [number, number][] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/**
 * Whether a schedule of five fields comes due in the minute of `date`, in UTC or in a time zone. As on Kubernetes, a local
 * time that occurs twice is due twice, and one that does not exist is not due. The schedule is known to be right.
 */
export function isDue(schedule: string, date: Date, timezone?: string): boolean {
  const fields = schedule.trim().split(/ +/);
  const local = timezone === undefined ? date : localTime(date, timezone);
  const now = [
    local.getUTCMinutes(),
    local.getUTCHours(),
    local.getUTCDate(),
    local.getUTCMonth() + 1,
    local.getUTCDay(),
  ];
  const [minute, hour, day, month, weekday] = fields.map((field, index) => {
    return valuesOf(field, index).has(now[index] ?? -1);
  });
  // As in every cron: where both days are given, one of them is enough.
  const isDay = fields[2] === '*' || fields[4] === '*' ? day && weekday : day || weekday;
  return Boolean(minute && hour && month && isDay);
}

/** Returns the date whose fields in UTC are those of `date` in a time zone. */
function localTime(date: Date, timezone: string): Date {
  // Swedish writes dates as ISO 8601 does: `2026-03-29 03:30:00`.
  return new Date(`${date.toLocaleString('sv-SE', { timeZone: timezone }).replace(' ', 'T')}Z`);
}

function valuesOf(field: string, index: number): Set<number> {
  const [lowest, highest] = ranges[index] ?? [0, 0];
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', step = '1'] = part.split('/');
    const [from = '', to = from] = range.split('-');
    const first = from === '*' ? lowest : numberOf(from, index);
    const last = from === '*' ? highest : numberOf(to, index);
    for (let value = first; value <= last; value += Number(step)) values.add(value);
  }
  return values;
}

function numberOf(text: string, index: number): number {
  const position = names[index]?.indexOf(text.toLowerCase()) ?? -1;
  if (position < 0) return Number(text);
  return index === 3 ? position + 1 : position;
}
