import type { Input } from '@pulumi/pulumi';
import { all, output, type Output } from '@pulumi/pulumi/output.js';
import type { ProvidedReference, SecretReference, Template } from './types.ts';

export type Lookup = (reference: ProvidedReference | SecretReference) => Input<string>;

/**
 * The one place where Outputs are joined. What a reference gives is never looked at again, so a value
 * that happens to contain `${{` stays as it is; one secret part makes the whole string a secret.
 */
export function fillTemplate(template: Template, lookup: Lookup): Output<string> {
  const parts = template.map((part) => (typeof part === 'string' ? part : lookup(part)));
  // Most are known here and now; a join of Outputs costs a dozen promises.
  if (parts.every((part) => typeof part === 'string')) return output(parts.join(''));
  return all(parts).apply((strings) => strings.join(''));
}

export function fillVariables(
  variables: Record<string, Template>,
  lookup: Lookup,
): Record<string, Output<string>> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, template]) => [name, fillTemplate(template, lookup)]),
  );
}
