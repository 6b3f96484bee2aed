import type { Lookup } from './lookup.ts';
import type { Meaning } from './meaning.ts';
import { parseTemplate } from './template.ts';
import { openKey } from './variables.ts';

/**
 * Returns what the references in a text mean, each once: `redis.PORT`, `shared.LOG_LEVEL`, `secret.TOKEN`, `pulumi.BUCKET`.
 *
 * @param from the service of the variable; undefined for a shared variable
 */
export function referencesOf(text: string, from: string | undefined, lookup: Lookup): string[] {
  const keys = parseTemplate(text).flatMap((part) => {
    if (part.kind !== 'reference') return [];
    const meaning = lookup(part.scope, part.name, from);
    return meaning.kind === 'unknown' ? [] : keyOf(meaning);
  });
  return [...new Set(keys)];
}

function keyOf(meaning: Meaning): string[] {
  switch (meaning.kind) {
    case 'text':
      return [];
    case 'variable':
      return [meaning.key];
    case 'provided':
      return [`${meaning.service}.${meaning.name}`];
    case 'secret':
    case 'pulumi':
      return [openKey(meaning)];
  }
}
