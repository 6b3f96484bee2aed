import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { z } from 'zod';
import { stackSchema } from './schema.ts';

/** Absolute path of the JSON Schema that editors check stack files with. */
export const jsonSchemaFile = join(import.meta.dirname, '../../stacks/schema.json');

/** Its text, in draft 7, which editors know best. A file with `extends` is checked as an overlay. */
export function makeJsonSchema(): Promise<string> {
  const { $schema, ...whole } = toJsonSchema();
  const overlay = toJsonSchema(relax);
  const schema = {
    $schema,
    title: 'Railhead stack file',
    if: { required: ['extends'] },
    then: { ...overlay, properties: { extends: extendsProperty, ...overlay.properties } },
    else: whole,
  };
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
}

type JsonSchema = z.core.JSONSchema.BaseSchema;

const extendsProperty = {
  type: 'string',
  description: 'The stack file that this one is laid on: maps merge, lists and values replace, null removes.',
};

function toJsonSchema(change?: (schema: JsonSchema) => void) {
  return z.toJSONSchema(stackSchema, {
    target: 'draft-7',
    io: 'input',
    ...(change && { override: ({ jsonSchema }) => change(jsonSchema) }),
  });
}

/** In an overlay nothing is required, and `null` removes. */
function relax(schema: JsonSchema): void {
  delete schema.required;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    schema.properties = { ...schema.properties, [name]: orNull(property) };
  }
  if (schema.additionalProperties !== undefined) {
    schema.additionalProperties = orNull(schema.additionalProperties);
  }
}

function orNull(schema: JsonSchema | boolean): JsonSchema | boolean {
  return typeof schema === 'boolean' ? schema : { anyOf: [schema, { type: 'null' }] };
}

if (import.meta.main) {
  writeFileSync(jsonSchemaFile, await makeJsonSchema());
}
