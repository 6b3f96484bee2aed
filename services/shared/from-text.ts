import { IsInteger, IsObject, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

/**
 * What came as text (variables, a query) with defaults filled in and whole numbers as numbers. All else stays text for
 * the schema to refuse: `Value.Convert` would make 80 of `80.5`.
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
