import { IsInteger, IsObject, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

/**
 * Returns text input (environment variables, a query) with defaults filled in and integers as numbers. Any other value
 * stays text, so that the schema refuses it: `Value.Convert` would turn `80.5` into 80.
 */
export function fromText(schema: TSchema, texts: unknown): unknown {
  const values = Value.Default(schema, texts);
  if (!IsObject(schema) || typeof values !== 'object' || values === null) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const property = schema.properties[name];
      const isNumber = property && IsInteger(property) && /^-?\d+$/.test(String(value));
      return [name, isNumber ? Number(value) : value];
    }),
  );
}
