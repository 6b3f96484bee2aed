import assert from 'node:assert/strict';
import { Cron } from 'croner';
import { test } from 'vitest';
import { nextTick } from './next-tick.ts';

const timezone = 'Europe/Zurich';

/** Returns the ticks of a schedule in Zurich during the 30 hours from noon in UTC on a day. */
function ticks(text: string, day: string): string[] {
  const schedule = new Cron(text, { timezone });
  const start = Date.parse(`${day}T12:00:00Z`);
  const found: string[] = [];
  let at = nextTick(schedule, new Date(start), timezone);
  while (at !== undefined && at.getTime() < start + 30 * 3_600_000) {
    found.push(at.toISOString().slice(5, 16));
    at = nextTick(schedule, at, timezone);
  }
  return found;
}

// The cases of the parser that the controller of CronJobs uses, github.com/robfig/cron.
test.for([
  ['a local time that does not exist is skipped', '30 2 * * *', '2026-03-28', []],
  ['a local time that occurs twice is due twice', '30 2 * * *', '2026-10-24', ['10-25T00:30', '10-25T01:30']],
  ['the hours around a skipped one are due', '0 1,2,3 * * *', '2026-03-28', ['03-29T00:00', '03-29T01:00']],
  ['a local time occurs once on other days', '30 2 * * *', '2026-06-01', ['06-02T00:30']],
] as const)('%s', ([, text, day, expected]) => {
  assert.deepEqual(ticks(text, day), expected);
});
