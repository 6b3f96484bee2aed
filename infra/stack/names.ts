import * as z from 'zod';

/** Names that references, log files or the containers and networks of a system use for other purposes. */
export const reserved = ['shared', 'secret', 'secrets', 'pulumi', 'self', 'gateway', 'balancer', 'outside'];

const labelRule = 'a name: lower-case letters, digits and "-", starting with a letter, at most 40 characters';

/** A DNS label that leaves room for the suffixes that targets add. */
export const label = z.string(labelRule).regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, labelRule);

export const serviceName = label.refine(
  (name) => !reserved.includes(name),
  `must be another name: ${reserved.join(', ')} are reserved`,
);

/** Returns the name of a service that is spelled with capital letters, spaces or underscores: `api-web` for `API_Web`. */
export function toServiceName(spelling: string): string {
  return spelling.toLowerCase().replace(/[\s_]+/g, '-');
}

/** The name of a service in another spelling too, as in `${{Postgres.DATABASE_URL}}`. */
export const serviceReference = z
  .string(labelRule)
  .regex(/^[A-Za-z][A-Za-z0-9 _-]*$/, labelRule)
  .transform(toServiceName)
  .pipe(serviceName);

const variableRule = 'a variable name: letters, digits and "_", not starting with a digit';

export const variableName = z.string(variableRule).regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, variableRule);

const containerVariableRule =
  'a variable name: letters, digits, "_", "." and "-", starting with a letter or "_"';

/** Kubernetes and Docker allow more names of variables than a shell. */
const containerVariableName = z
  .string(containerVariableRule)
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/, containerVariableRule);

/** Environment variables cannot contain NUL; the Kubernetes API server rejects the other characters. */
export const unfit = /[\0\u007f-\u009f\ufffe\uffff]/;
export const unfitRule =
  'must contain neither NUL nor a character that Kubernetes rejects, such as U+007F to U+009F';

const valueRule = 'text, a number or a boolean (write "" for an empty value)';

const variableValue = z
  .union([z.string(), z.number(), z.boolean()], valueRule)
  .transform(String)
  .refine((text) => text.isWellFormed() && !unfit.test(text), unfitRule);

/** Variables with their original text; the loader passes numbers and booleans as text. */
export const variables = z.record(variableName, variableValue, 'a map of variables').default({});

/** Variables of a service. `checkNames` says which services can have names that a shell drops. */
export const serviceVariables = z
  .record(containerVariableName, variableValue, 'a map of variables')
  .default({});

/** Returns the schema of a plain string. References are rejected, since they would not be resolved. */
export function plainText(expected: string) {
  return z
    .string(expected)
    .min(1, expected)
    .max(4096, expected)
    .refine((text) => !/[\0\n]/.test(text), 'must be one line')
    .refine((text) => !text.includes('${{'), 'must contain no reference: put it under "variables"');
}

const secretRule = 'the name of a secret: upper-case letters, digits and "_", starting with a letter';

export const secretName = z.string(secretRule).regex(/^[A-Z][A-Z0-9_]*$/, secretRule);

export const domainName = z
  .string('a domain name')
  .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain name, such as app.example.com');

const folderRule = 'a folder inside the repository, such as services/api';

export const folder = z.string(folderRule).regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, folderRule);

/**
 * Returns the schema of the name of a part of a service. As in the names of ports on Kubernetes, a hyphen must not follow
 * another one.
 */
export function partName(what: string, most: number) {
  const rule = `a name of a ${what}: lower-case letters, digits and "-", starting with a letter, at most ${most} characters`;
  return z.string(rule).regex(new RegExp(`^(?=.{1,${most}}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$`), rule);
}

/** Returns a name as a part of the name of a variable: `SHOP_DB` for `shop-db`. */
export function toVariablePart(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
