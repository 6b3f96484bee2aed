import * as z from 'zod';
import { imageService, sourceService } from './code-service.ts';
import { dataKinds, dataTypes } from '../data/index.ts';

const forms = [
  form(sourceService, (value) => 'source' in value),
  form(imageService, (value) => 'image' in value && !('type' in value)),
  ...dataTypes.map((type) => form(dataKinds[type].schema, (value) => 'type' in value && value.type === type)),
] as const;

export const service = z.union(forms, 'a service: a map of its fields');

/** Returns the schema of one form. It refuses the values of other forms without checking their fields. */
function form<Schema extends z.ZodType>(schema: Schema, matches: (value: object) => boolean) {
  return z.preprocess((value, context) => {
    if (typeof value !== 'object' || value === null || !matches(value))
      context.addIssue('a service of this form');
    return value;
  }, schema);
}

const mistaken = new Map(dataTypes.flatMap((type) => Object.entries(dataKinds[type].mistaken ?? {})));

/** Returns the index of the form in `service` that a value should match, or the problem if its keys match none. */
export function serviceForm(value: object): number | { path: string[]; message: string } {
  if ('type' in value) {
    const index = dataTypes.findIndex((type) => type === value.type);
    const advice = mistaken.get(String(value.type)) ?? 'for other software, use "image"';
    const message = `${JSON.stringify(value.type).slice(0, 80)} is not one of ${dataTypes.join(', ')}; ${advice}`;
    return index === -1 ? { path: ['type'], message } : 2 + index;
  }
  if ('source' in value || 'image' in value) {
    return 'source' in value ? 0 : 1;
  }
  return { path: [], message: 'does not say what to run: it needs "source", "image" or "type"' };
}
