import { UserError } from '../../../tools/user-error.ts';

/**
 * Returns the tag of a record: `record.history.dev.12` of `history/dev/12`. A tag has fewer characters than a path, so `_` starts the
 * code of another one.
 */
export function tagOf(kind: string, path: string, ...more: string[]): string {
  const tag = [kind, ...path.split('/').map(encode), ...more].join('.');
  if (tag.length <= 128) return tag;
  throw new UserError(`${path} is too long for the tag of a registry. Choose a shorter name.`);
}

/** Returns the paths of the records among tags. */
export function pathsIn(tags: readonly string[]): string[][] {
  return tags.filter((tag) => tag.startsWith('record.')).map((tag) => tag.split('.').slice(1).map(decode));
}

function encode(name: string): string {
  return name.replaceAll(
    /[^A-Za-z0-9-]/gu,
    (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`,
  );
}

function decode(text: string): string {
  return text.replaceAll(/_([0-9a-f]+)_/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
}
