import type { Reference, Template } from '../graph/types.ts';
import { join, type Text } from './hole.ts';

export type Lookup = (reference: Reference) => Text;

/**
 * Fills in the references of a template. Values are not parsed again, so a value that contains `${{` is kept. If one
 * part is secret, the whole text is.
 */
export function fillTemplate(template: Template, lookup: Lookup): Text {
  return join(...template.map((part) => (typeof part === 'string' ? part : lookup(part))));
}

export function fillVariables(variables: Record<string, Template>, lookup: Lookup): Record<string, Text> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, template]) => [name, fillTemplate(template, lookup)]),
  );
}
