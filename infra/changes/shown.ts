import { isLeaf, isSecret } from '../plan/fill.ts';
import type { Leaf, Text } from '../plan/hole.ts';
import { shownPart } from './shown-part.ts';

/**
 * Returns a text of a plan as people may see it: secret parts are named, never shown.
 * `postgres://app:${{output.db.password}}@db:5432`
 */
export function shown(text: Text): string {
  if (typeof text === 'string') return escaped(text);
  const { source } = text;
  if (isLeaf(source)) return nameOf(source);
  switch (source.kind) {
    case 'join':
      return source.parts.map(shown).join('');
    case 'checked':
      return shown(source.text);
    case 'urlPart':
      return shownPart(shown(source.url), source);
    case 'json':
    case 'base64':
    case 'hash':
      return isSecret(text) ? outputName(source.kind) : `<${source.kind}>`;
  }
}

/** Returns a literal in which nothing looks like a reference. A backslash cannot be confused with a `$` before a reference. */
function escaped(literal: string): string {
  return literal.replaceAll('${{', '$\\{{');
}

function nameOf(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'secret':
      return `\${{secret.${leaf.name}}}`;
    case 'program':
      return `\${{pulumi.${leaf.name}}}`;
    case 'output': {
      const path = `${leaf.resource.name}.${leaf.property}`;
      // A public output, such as a public key, is no secret.
      return leaf.secret ? outputName(path) : `<${path}>`;
    }
    case 'call':
      return outputName(`${leaf.call.function}.${leaf.property}`);
  }
}

/** Returns the name of a secret that only a deployment knows. */
export function outputName(path: string): string {
  return `\${{output.${path}}}`;
}
