import { format } from 'prettier';
import * as z from 'zod';
import { packageVersion } from './roots.ts';

interface Names {
  /** A part of the `$id`: `preview`. */
  id: string;
  title: string;
  description: string;
}

/** Generates a JSON Schema in draft 7, as that of stack files. Each version of Railhead has its own. */
export function makeJsonSchema(type: z.ZodType, { id, title, description }: Names): Promise<string> {
  const { $schema, ...rest } = z.toJSONSchema(type, { target: 'draft-7' });
  const schema = { $schema, $id: `urn:railhead:${id}:${packageVersion()}`, title, description, ...rest };
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
}
