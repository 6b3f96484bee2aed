import { Cron } from 'croner';
import * as z from 'zod';

const expected = 'a cron schedule of five fields in UTC, such as "*/5 * * * *"';

/** Matches the five classic fields only. Kubernetes rejects croner's extensions. */
const fiveFields = /^([\dA-Za-z*,/-]{1,60} +){4}[\dA-Za-z*,/-]{1,60}$/;
/** Matches schedules with Sunday as 7. A week of Kubernetes is 0 (Sunday) to 6; croner accepts 7 for Sunday too. */
const endsOnSunday = /(^|[ ,-])7[^ ]*$|-SUN[^ ]*$/i;
const weekdayOrMonthNames = /[A-Z]{3}/gi;

export const cron = z
  .string(expected)
  .refine((text) => parse(text) !== undefined, `is not ${expected}`)
  .refine((text) => parse(text)?.nextRun() !== null, 'never matches a date')
  .refine(
    (text) => !endsOnSunday.test(text),
    'must write Sunday as 0 and end ranges with 6 at most: "5,6,0" for 5-7',
  );

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
