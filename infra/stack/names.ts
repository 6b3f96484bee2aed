import { z } from 'zod';

/** Words that mean something else in a reference, in a log's name or among a system's containers and networks. */
const reserved = ['shared', 'secret', 'secrets', 'self', 'gateway', 'balancer', 'outside'];

const labelRule = 'a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters';

/** A DNS label short enough for the suffixes that targets add. */
export const label = z.string(labelRule).regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, labelRule);

export const serviceName = label.refine(
  (name) => !reserved.includes(name),
  `must be another name: ${reserved.join(', ')} mean something else`,
);

const variableRule = 'a variable name: letters, digits and "_", not starting with a digit';

export const variableName = z.string(variableRule).regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, variableRule);

/** No environment holds NUL; the API server of Kubernetes takes none of the others. */
const unfit = /[\0\u007f-\u009f\ufffe\uffff]/;
const unfitRule = 'must hold neither NUL nor another character that Kubernetes refuses: U+007F to U+009F';

const valueRule = 'text, a number or a boolean (write "" for an empty value)';

/** Variables as written; the loader hands numbers and booleans over as their text. */
export const variables = z
  .record(
    variableName,
    z
      .union([z.string(), z.number(), z.boolean()], valueRule)
      .transform(String)
      .refine((text) => text.isWellFormed() && !unfit.test(text), unfitRule),
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
