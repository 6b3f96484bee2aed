import * as z from 'zod';
import { nearest } from './nearest.ts';

const expected = 'a time zone, such as Europe/Zurich';

/** Names that Node accepts in every spelling, and Kubernetes only in this one: `Europe/Zurich`, `Etc/GMT+1`. */
const spelling = /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)+$/;

/** A name of the time zone database. The table of names is loaded only for a stack file that names a time zone. */
export const timezone = z.string(expected).superRefine((name, context) => {
  if (name !== 'UTC' && !isZone(name)) context.addIssue(`is not ${expected}${nearZone(name)}`);
});

function isZone(name: string): boolean {
  if (!spelling.test(name)) return false;
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function nearZone(name: string): string {
  const zones = Intl.supportedValuesOf('timeZone');
  // A city without its region: `Zurich`.
  const city = zones.find((zone) => zone.split('/').at(-1)?.toLowerCase() === name.toLowerCase());
  const zone = city ?? nearest(name, zones);
  return zone === undefined ? '' : `; did you mean ${JSON.stringify(zone)}?`;
}
