import * as z from 'zod';
import { isDataType } from '../../data/index.ts';
import { stackSchema } from '../../stack/schema.ts';

/** Fields of services that are resolved before a target sees the stack. */
const ofLoader = ['envFile'];

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Returns the paths of all fields of stack files that targets read, such as `services.source.health.path`. */
export function schemaFields(): string[] {
  const { properties = {} } = z.toJSONSchema(stackSchema, { io: 'input' });
  const { services, ...whole } = properties as Record<string, JsonSchema>;
  const forms = (services?.additionalProperties as JsonSchema).anyOf ?? [];
  const all = [
    ...Object.entries(whole).flatMap(([name, inner]) =>
      ['policy', 'onFailure'].includes(name) ? [] : below(inner, [name]),
    ),
    ...forms.flatMap((form) => below(form, ['services', kindOf(form)])),
  ];
  return all.filter(([, , field = '']) => !ofLoader.includes(field)).map((path) => path.join('.'));
}

/** Returns the path of a field in the record of a target, which has one part for all kinds of data services. */
export function recordPath(field: string): string[] {
  const [root = '', kind = '', ...rest] = field.split('.');
  return root === 'services' && isDataType(kind) ? [root, 'data', ...rest] : field.split('.');
}

function kindOf({ properties = {} }: JsonSchema): string {
  const { type } = properties as { type?: { const?: string } };
  return type?.const ?? ('source' in properties ? 'source' : 'image');
}

/** Paths of the fields in a map, in the items of a list, or in the forms of a union; the path itself if there are none. */
function below({ properties, anyOf = [], items }: JsonSchema, path: string[]): string[][] {
  const inner = [...anyOf, ...(items === undefined ? [] : [items])].flatMap((each) =>
    below(each as JsonSchema, path),
  );
  const maps = Object.entries(properties ?? {})
    .filter(([name]) => name !== 'type')
    .flatMap(([name, field]) => below(field as JsonSchema, [...path, name]));
  const all = [...maps, ...inner.filter((found) => found.length > path.length)];
  return all.length === 0 ? [path] : all;
}
