import assert from 'node:assert/strict';
import { test } from 'vitest';
import { Cron } from 'croner';
import fc from 'fast-check';
import { nextTick } from '../../../supervisor/next-tick.ts';
import { isDue } from './schedule.ts';

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function field(lowest: number, highest: number) {
  const value = fc.integer({ min: lowest, max: highest });
  const step = fc.integer({ min: 1, max: highest });
  const range = fc
    .tuple(value, value)
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)].join('-'));
  const part = fc.oneof(
    value.map(String),
    range,
    fc.tuple(range, step).map((pair) => pair.join('/')),
    step.map((every) => `*/${every}`),
  );
  return fc.oneof(
    fc.constant('*'),
    fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(',')),
  );
}

const weekday = fc.oneof(
  field(0, 6),
  fc.constantFrom(...days),
  fc.constantFrom('MON-FRI', 'sat,sun', 'SUN-TUE'),
);
const schedule = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), weekday);

test('schedules are due at the same times as in croner, which validates the stack file', () => {
  const minute = fc.integer({ min: 0, max: 4 * 366 * 24 * 60 }).map((minutes) => new Date(minutes * 60_000));
  fc.assert(
    fc.property(schedule, fc.array(minute, { minLength: 20, maxLength: 20 }), (fields, dates) => {
      const text = fields.join(' ');
      const expected = new Cron(text, { timezone: 'UTC' });
      const next = expected.nextRun(new Date(0));
      for (const date of next === null ? dates : [...dates, next]) {
        assert.equal(isDue(text, date), expected.match(date), `${text} at ${date.toISOString()}`);
      }
    }),
    { numRuns: 500 },
  );
});

const zones = ['Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
/** Days around which the clocks of these zones change. */
const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'];
const nightly = fc.tuple(field(0, 59), field(0, 4)).map(([minute, hour]) => `${minute} ${hour} * * *`);

test('in a time zone, a process and a container tick at the same times when clocks change', () => {
  fc.assert(
    fc.property(nightly, fc.constantFrom(...zones), fc.constantFrom(...changes), (text, timezone, day) => {
      const schedule = new Cron(text, { timezone });
      const start = Date.parse(day) - 12 * 3_600_000;
      const end = start + 36 * 3_600_000;
      const ticks: string[] = [];
      for (let at = nextTick(schedule, new Date(start), timezone); at && +at < end;) {
        ticks.push(at.toISOString());
        at = nextTick(schedule, at, timezone);
      }
      const due: string[] = [];
      for (let at = start + 60_000; at < end; at += 60_000) {
        if (isDue(text, new Date(at), timezone)) due.push(new Date(at).toISOString());
      }
      assert.deepEqual(ticks, due, `${text} in ${timezone}`);
    }),
    { numRuns: 60 },
  );
});
