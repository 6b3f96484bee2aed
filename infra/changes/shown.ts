import { isLeaf, isSecret } from '../plan/fill.ts';
import type { Leaf, Text } from '../plan/hole.ts';

/** Returns a text of a plan as people may see it: secret parts are named, never shown. `postgres://app:<db.password>@db:5432` */
export function shown(text: Text): string {
  if (typeof text === 'string') return text;
  const { source } = text;
  if (isLeaf(source)) return nameOf(source);
  switch (source.kind) {
    case 'join':
      return source.parts.map(shown).join('');
    case 'checked':
      return shown(source.text);
    case 'urlPart':
      return `<${source.part} of ${shown(source.url)}>`;
    case 'json':
    case 'base64':
    case 'hash':
      return isSecret(text) ? '<secret>' : `<${source.kind}>`;
  }
}

function nameOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'secret':
      return `\${{secret.${leaf.name}}}`;
    case 'program':
      return `\${{pulumi.${leaf.name}}}`;
    case 'output':
      return `<${leaf.resource.name}.${leaf.property}>`;
    case 'call':
      return `<${leaf.call.function}.${leaf.property}>`;
  }
}

/** Matches a reference to a secret, or the name of a secret output, as `shown` writes them. */
export const secretPart = /\$\{\{(?:secret|pulumi)\.\w+\}\}|<[^<>]+>/;

/** Returns the secret parts of a text that `shown` has written. */
export function secretsIn(text = ''): string[] {
  return text.match(new RegExp(secretPart, 'g')) ?? [];
}

/** Returns the secrets, and the values of the program, that `shown` has named in a text: `secret.TOKEN`, `pulumi.BUCKET`. */
export function openKeysIn(text = ''): string[] {
  return text.match(/(?<=\$\{\{)(?:secret|pulumi)\.\w+(?=\}\})/g) ?? [];
}
