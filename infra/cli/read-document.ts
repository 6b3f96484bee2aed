import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { parseJson } from '../common/parse-json.ts';
import { UserError } from '../../tools/user-error.ts';

/**
 * Reads what another command of Railhead has printed with `--json`. Undefined if the file is empty and that is allowed. Throws
 * UserError.
 *
 * @param name the words of the command: `drift`
 */
export function readDocument<T>(schema: z.ZodType<T>, file: string, name: string): T;
export function readDocument<T>(
  schema: z.ZodType<T>,
  file: string,
  name: string,
  more: { mayBeEmpty: boolean },
): T | undefined;
export function readDocument<T>(
  schema: z.ZodType<T>,
  file: string,
  name: string,
  { mayBeEmpty = false } = {},
): T | undefined {
  const text = read(file);
  if (mayBeEmpty && text.trim() === '') return undefined;
  const { data } = schema.safeParse(parseJson(text));
  if (data !== undefined) return data;
  throw new UserError(
    `${file} is not what this version of \`railhead ${name} --json\` prints. Write it again with the same version.`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
