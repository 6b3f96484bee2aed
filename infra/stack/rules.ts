import type { z } from 'zod';

/** A key, what must hold for the map it stands in, and what the key "must" be where it does not. */
export type Rule = readonly [key: string, holds: (map: object) => boolean, expected: string];

/**
 * Adds rules between the keys of a map. They are checked even where a key by itself is wrong, so
 * that all problems come at once; a rule therefore sees a map of anything.
 */
export function obeys<Schema extends z.ZodType<object>>(schema: Schema, rules: Rule[]): Schema {
  return rules.reduce(
    (checked, [key, holds, error]) =>
      checked.refine((map) => holds(map), { path: [key], error, when: ({ value }) => isMap(value) }),
    schema,
  );
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
