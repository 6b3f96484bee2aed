import type { Input } from '@pulumi/pulumi';
import { all } from '@pulumi/pulumi/output.js';
import type { ProvidedReference, SecretReference, Template } from './types.ts';

export type Lookup = (reference: ProvidedReference | SecretReference) => Input<string>;

/**
 * What a reference gives is never looked at again, so a value that happens to contain `${{` stays as it is; one secret
 * part makes the whole string a secret.
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

/** The one place where Outputs are joined: each costs a hundred promises, so what is known here and now needs none. */
export function join(parts: Input<string>[], combine: (texts: string[]) => string): Input<string> {
  const known = parts.filter((part) => typeof part === 'string');
  return known.length === parts.length ? combine(known) : all(parts).apply(combine);
}
