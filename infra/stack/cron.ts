import { Cron } from 'croner';
import { z } from 'zod';

const expected = 'a cron schedule of five fields in UTC, such as "*/5 * * * *"';

/** The five classic fields only: what croner adds to them Kubernetes would refuse. */
const fiveFields = /^([\dA-Za-z*,/-]{1,60} +){4}[\dA-Za-z*,/-]{1,60}$/;
/** For Kubernetes a week goes from Sunday, 0, to Saturday, 6; for croner Sunday may also be its last day. */
const endsOnSunday = /(^|[ ,-])7[^ ]*$|-SUN[^ ]*$/i;
const weekdayOrMonthNames = /[A-Z]{3}/gi;

export const cron = z
  .string(expected)
  .refine((text) => parse(text) !== undefined, `is not ${expected}`)
  .refine((text) => parse(text)?.nextRun() !== null, 'never comes due')
  .refine(
    (text) => !endsOnSunday.test(text),
    'must count Sunday as 0, and end the week with 6: "5,6,0" for 5-7',
  );

function parse(text: string): Cron | undefined {
  if (!fiveFields.test(text) || /[A-Z]/i.test(text.replace(weekdayOrMonthNames, ''))) {
    return undefined;
  }
  try {
    return new Cron(text, { timezone: 'UTC' });
  } catch {
    // croner says no by throwing; the message of the rule is clearer than its own.
    return undefined;
  }
}
