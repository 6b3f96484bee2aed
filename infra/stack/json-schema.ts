import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import * as z from 'zod';
import { packageVersion } from '../common/roots.ts';
import { enabledProperty } from './enabled.ts';
import { stackSchema } from './schema.ts';

/** Absolute path of the JSON Schema with which editors check stack files. */
export const jsonSchemaFile = join(import.meta.dirname, '../../stacks/schema.json');

/** Generates the JSON Schema in draft 7, which most editors support. A file with `extends` is checked as an overlay. */
export function makeJsonSchema(): Promise<string> {
  const { $schema, ...whole } = toJsonSchema();
  const overlay = toJsonSchema(relax);
  const schema = {
    $schema,
    // Each version of Railhead has its own.
    $id: `urn:railhead:stack-file:${packageVersion()}`,
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
  description:
    'Stack file that this file extends: maps are merged, lists and scalars are replaced, null removes a key.',
};

function toJsonSchema(change?: (schema: JsonSchema) => void) {
  return withEnabled(
    z.toJSONSchema(stackSchema, {
      target: 'draft-7',
      io: 'input',
      ...(change && { override: ({ jsonSchema }) => change(jsonSchema) }),
    }),
  );
}

/** Adds `enabled` to each form of a service, which the loader takes from it. */
function withEnabled<Schema extends JsonSchema>(schema: Schema): Schema {
  const services = schema.properties?.services;
  const forms = typeof services === 'object' ? formsOf(services) : [];
  for (const form of forms) form.properties = { ...form.properties, enabled: enabledProperty };
  return schema;
}

/** Returns the schemas of maps with fields below a map of services, for overlays also below the choice of `null`. */
function formsOf(schema: JsonSchema): JsonSchema[] {
  if (schema.properties !== undefined) return [schema];
  const below = [schema.additionalProperties, ...(schema.anyOf ?? [])];
  return below.flatMap((one) => (typeof one === 'object' ? formsOf(one) : []));
}

/** Changes the schema for overlays: no key is required, and every key accepts `null`, which removes it. */
function relax(schema: JsonSchema): void {
  delete schema.required;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    schema.properties = { ...schema.properties, [name]: orNull(property) };
  }
  if (schema.additionalProperties !== undefined) {
    schema.additionalProperties = orNull(schema.additionalProperties);
  }
}

/** Zod passes a map again for each step that follows it, such as a transform: what accepts `null` already stays as it is. */
function orNull(schema: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof schema === 'boolean' || schema.anyOf?.some(({ type }) => type === 'null')) return schema;
  return { anyOf: [schema, { type: 'null' }] };
}

if (import.meta.main) {
  writeFileSync(jsonSchemaFile, await makeJsonSchema());
}
