import type { Input } from '@pulumi/pulumi';
import { all } from '@pulumi/pulumi/output.js';
import type { ProvidedReference, SecretReference, Template } from './types.ts';

export type Lookup = (reference: ProvidedReference | SecretReference) => Input<string>;

/**
 * Fills in the references of a template. Values are not parsed again, so a value that contains `${{` is kept. If one
 * part is secret, the whole string is.
 */
export function fillTemplate(template: Template, lookup: Lookup): Input<string> {
  const parts = template.map((part) => (typeof part === 'string' ? part : lookup(part)));
  const [first = ''] = parts;
  return parts.length < 2 ? first : join(parts, (texts) => texts.join(''));
}

export function fillVariables(
  variables: Record<string, Template>,
  lookup: Lookup,
): Record<string, Input<string>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, template]) => [name, fillTemplate(template, lookup)]),
  );
}

/**
 * Joins strings and Outputs; the only place that does. Each Output costs a hundred promises, so strings that are known
 * already are joined without one.
 */
export function join(parts: Input<string>[], combine: (texts: string[]) => string): Input<string> {
  const known = parts.filter((part) => typeof part === 'string');
  return known.length === parts.length ? combine(known) : all(parts).apply(combine);
}
