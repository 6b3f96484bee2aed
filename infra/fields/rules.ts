import type * as z from 'zod';

/** A rule for a map: the key (a dotted path if nested) that it is reported at, the condition, and the problem. */
export interface Rule {
  key: string;
  holds: (map: object) => boolean;
  /** Continues the sentence after the quoted value: "must …". */
  problem: string;
}

/**
 * Adds rules between the keys of a map to its schema. Rules run even if a key is invalid, so that all problems are
 * reported together. Therefore a rule must expect values of any type.
 */
export function obeys<Schema extends z.ZodType<object>>(schema: Schema, rules: Rule[]): Schema {
  const check = (map: object, context: z.core.$RefinementCtx<object>) => {
    for (const { key, holds, problem } of rules) {
      if (!holds(map)) context.addIssue({ code: 'custom', path: key.split('.'), message: problem });
    }
  };
  return schema.superRefine(check, { when: ({ value }) => isMap(value) });
}

/** Returns the value at a path of an unvalidated map; undefined if the path does not exist. */
export function valueAt(map: unknown, ...path: string[]): unknown {
  return path.reduce((value, key) => (isMap(value) ? Reflect.get(value, key) : undefined), map);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
