import { Cron } from 'croner';
import * as z from 'zod';
import { fields, whole } from '../fields/fields.ts';
import { suggest } from './nearest.ts';
import { timezone } from './timezone.ts';

const expected = 'a cron schedule of five fields, such as "*/5 * * * *"';

/** Matches the five classic fields only. Kubernetes rejects croner's extensions. */
const fiveFields = /^([\dA-Za-z*,/-]{1,60} +){4}[\dA-Za-z*,/-]{1,60}$/;
/** Matches schedules with Sunday as 7. A week of Kubernetes is 0 (Sunday) to 6; croner accepts 7 for Sunday too. */
const endsOnSunday = /(^|[ ,-])7[^ ]*$|-SUN[^ ]*$/i;
const weekdayOrMonthNames = /[A-Z]{3}/gi;

/** The names of usual schedules, as in every crontab. */
const named: Partial<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const schedule = z
  .string(expected)
  .transform((text) => named[text] ?? text)
  .refine((text) => parse(text) !== undefined, {
    error: ({ input }) => `is not ${expected}${nearName(String(input))}`,
  })
  .refine((text) => parse(text)?.nextRun() !== null, 'never matches a date')
  .refine(
    (text) => !endsOnSunday.test(text),
    'must write Sunday as 0 and end ranges with 6 at most: "5,6,0" for 5-7',
  );

const options = fields({
  schedule: schedule.describe('Five fields, or @hourly, @daily, @weekly, @monthly or @yearly.'),
  timezone: timezone
    .optional()
    .describe(
      'Time zone of the schedule, such as Europe/Zurich; default: UTC. A local time that does not exist is skipped, and one that occurs twice runs twice.',
    ),
  retries: whole(0, 20)
    .optional()
    .describe(
      'How often a failed run is retried, with increasing delays. Default: `restart.maxRetries` on Kubernetes, otherwise 0.',
    ),
});

type CronOptions = z.output<typeof options>;

/** A schedule, or a map of it and its options. A map with nothing but a schedule is the schedule. */
export const cron = z
  .union([schedule, options], `${expected}, or a map with the keys schedule, timezone, retries`)
  .transform((value): string | CronOptions => {
    const isPlain = typeof value === 'object' && value.timezone === undefined && value.retries === undefined;
    return isPlain ? value.schedule : value;
  });

/** Returns the schedule of a cron service with its options. */
export function cronOptions(value: string | CronOptions): CronOptions {
  return typeof value === 'string' ? { schedule: value } : value;
}

function nearName(text: string): string {
  return text.startsWith('@') ? `; ${suggest(text, Object.keys(named))}` : '';
}

function parse(text: string): Cron | undefined {
  if (!fiveFields.test(text) || /[A-Z]/i.test(text.replace(weekdayOrMonthNames, ''))) {
    return undefined;
  }
  try {
    // By its offset: for a time zone, Node loads its table of time zones, which takes 15 ms.
    return new Cron(text, { utcOffset: 0 });
  } catch {
    // croner throws for an invalid schedule; the message of the rule is clearer than croner's.
    return undefined;
  }
}
