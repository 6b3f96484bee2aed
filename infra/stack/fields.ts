import { z } from 'zod';

/**
 * A map with exactly these keys. For an unknown key the message is the list of known ones, from which
 * `describeIssue` picks the nearest.
 */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : `a map with the keys ${known}`),
  });
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number, what = 'a whole number') {
  const expected = `${what} from ${min} to ${max}`;
  return z.int(expected).min(min, expected).max(max, expected);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

export const port = whole(1, 65_535, 'a port');
