import { z } from 'zod';

/** Words that mean something else in a reference, in a log's name or among the containers of a system. */
const reserved = ['shared', 'secret', 'secrets', 'self', 'gateway', 'balancer'];

const labelRule = 'a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters';

/** A DNS label short enough for the suffixes that targets add. */
export const label = z.string(labelRule).regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, labelRule);

export const serviceName = label.refine(
  (name) => !reserved.includes(name),
  `must be another name: ${reserved.join(', ')} mean something else`,
);

const variableRule = 'a variable name: letters, digits and "_", not starting with a digit';

export const variableName = z.string(variableRule).regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, variableRule);

const valueRule = 'text, a number or a boolean (write "" for an empty value)';

/** Variables as written; the loader hands numbers and booleans over as their text. */
export const variables = z
  .record(
    variableName,
    z.union([z.string(), z.number(), z.boolean()], valueRule).transform(String),
    'a map of variables',
  )
  .default({});

/** Text that is used as it is: a reference in it would never be filled in. */
export function plainText(expected: string) {
  return z
    .string(expected)
    .min(1, expected)
    .max(4096, expected)
    .refine((text) => !/[\0\n]/.test(text), 'must be one line')
    .refine((text) => !text.includes('${{'), 'must hold no reference: put it under "variables"');
}
