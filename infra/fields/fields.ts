import * as z from 'zod';

// Zod compiles each schema to a function when it is first used. A command reads each file once, so that costs more than it saves.
z.config({ jitless: true });

/**
 * Returns the schema of a map with exactly these keys. The message for an unknown key is the list of known keys, from
 * which `describeIssues` suggests the nearest.
 */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : `a map with the keys ${known}`),
  });
}

/** Returns the schema of a whole number from `min` to `max`. */
export function whole(min: number, max: number, what = 'a whole number') {
  const expected = `${what} from ${min} to ${max}`;
  return z.int(expected).min(min, expected).max(max, expected);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `one of ${values.join(', ')}`);
}

export const port = whole(1, 65_535, 'a port');
