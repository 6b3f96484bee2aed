import type { FastifySchemaCompiler } from 'fastify';
import { Compile } from 'typebox/compile';
import Format from 'typebox/format';
import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { fromText } from './from-text.ts';
import { harmful } from './harmful-text.ts';

/** One problem of a request, for example `{ path: '/end', message: 'must be a date-time …' }`. */
export interface ValidationDetail {
  path: string;
  message: string;
}

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

const formatMessages: Record<string, string> = {
  uuid: 'must be a UUID',
  date: 'must be a date such as 2026-03-02',
  instant: 'must be a date-time with a time zone, such as 2026-03-02T09:00:00Z',
  'date-or-instant': 'must be a date such as 2026-03-02, or a date-time with a time zone',
  line: 'must have a visible character, and no line breaks, control characters or half characters',
  text: 'must not have control characters or half characters',
};

Format.Set('instant', isInstant);
Format.Set('date-or-instant', (value) => Format.IsDate(value) || isInstant(value));
Format.Set(
  'line',
  (value) => visible.test(value) && !/[\n\r\t\p{Zl}\p{Zp}]/u.test(value) && !harmful.test(value),
);
Format.Set('text', (value) => !harmful.test(value));

/**
 * Reports all problems of a request at once. Converts queries, parameters and headers from text; bodies stay as sent.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema);
  return (input: unknown) => {
    const value = httpPart === 'body' ? input : fromText(schema, input);
    if (validator.Check(value)) return { value };
    return { error: validator.Errors(value).filter(({ keyword }) => keyword !== 'boolean') };
  };
};

/** Turns a schema error into readable details: one for each property that is missing or unknown. */
export function validationDetails(error: TLocalizedValidationError): ValidationDetail[] {
  const path = error.instancePath;
  if (error.keyword === 'required') {
    return error.params.requiredProperties.map((name) => ({
      path: `${path}/${name}`,
      message: 'is missing',
    }));
  }
  if (error.keyword === 'additionalProperties') {
    const unknown = error.params.additionalProperties;
    return unknown.map((name) => ({ path: `${path}/${name}`, message: 'is not a known property' }));
  }
  const message = error.keyword === 'format' ? formatMessages[error.params.format] : undefined;
  return [{ path, message: message ?? error.message }];
}

/** Restricts the date-time format to what both `Date` and Postgres accept: no leap seconds, years 1970 to 2199. */
function isInstant(value: string): boolean {
  if (!Format.IsDateTime(value)) return false;
  const year = new Date(value).getUTCFullYear();
  return year >= 1970 && year < 2200;
}
