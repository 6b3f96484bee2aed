import { Cron } from 'croner';
import { z } from 'zod';

const expected = 'a cron schedule of five fields in UTC, such as "*/5 * * * *"';

/** The five classic fields only: what croner adds to them Kubernetes would refuse. */
const fiveFields = /^([\dA-Za-z*,/-]{1,60} +){4}[\dA-Za-z*,/-]{1,60}$/;
const weekdayOrMonthNames = /[A-Z]{3}/gi;

export const cron = z
  .string(expected)
  .refine((text) => parse(text) !== undefined, `is not ${expected}`)
  .refine((text) => parse(text)?.nextRun() !== null, 'never comes due');

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
