import type { z } from 'zod';

/** A key (dotted where it lies deeper), what must hold for the map, and the problem where it does not. */
export interface Rule {
  key: string;
  holds: (map: object) => boolean;
  /** Follows the quoted value: "must …". */
  problem: string;
}

/**
 * Adds rules between the keys of a map. They are checked even where a key by itself is wrong, so
 * that all problems come at once; a rule therefore sees a map of anything.
 */
export function obeys<Schema extends z.ZodType<object>>(schema: Schema, rules: Rule[]): Schema {
  return rules.reduce(
    (checked, { key, holds, problem }) =>
      checked.refine((map) => holds(map), {
        path: key.split('.'),
        error: problem,
        when: ({ value }) => isMap(value),
      }),
    schema,
  );
}

/** The value at a path of a map of anything; undefined where it leads nowhere. */
export function valueAt(map: unknown, ...path: string[]): unknown {
  return path.reduce((value, key) => (isMap(value) ? Reflect.get(value, key) : undefined), map);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
