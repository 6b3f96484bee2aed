import type { Refusal } from './answers.ts';

const invalid: Refusal = {
  status: 400,
  code: 'invalid_path',
  message: 'The path of this address contains characters or segments that are not allowed.',
};
const hidden: Refusal = { status: 404, code: 'not_found', message: 'There is nothing at this address.' };

/**
 * Returns a refusal for a private or ambiguous path, else undefined. Each origin decodes, merges and resolves paths in
 * its own way, so the gateway refuses every spelling that two programs could interpret differently instead of
 * normalizing it.
 *
 * @param path as the client sent it: still encoded, without the query
 */
export function refusePath(path: string): Refusal | undefined {
  if (isPrivate(path)) return hidden;
  const decoded = decodeOnce(path);
  const unclear = decoded === undefined || /[# ]/.test(path) || isAmbiguous(path) || isAmbiguous(decoded);
  return unclear ? invalid : undefined;
}

/** Returns true for backslashes, encoded separators, dot segments, empty segments and control characters. */
function isAmbiguous(path: string): boolean {
  return (
    !path.startsWith('/') ||
    path.includes('//') ||
    /[\\\u0000-\u001f\u007f]|%(2f|5c|2e|[01][0-9a-f]|7f)/i.test(path) ||
    path.split('/').some((segment) => /^\.{1,2}($|;)/.test(segment))
  );
}

/**
 * Returns true for the paths that services serve only to each other and to their supervisor, in any spelling that a
 * program could interpret as one of them. An origin gets the path unchanged, so its private paths begin with these
 * names.
 */
function isPrivate(path: string): boolean {
  const names: string[] = [];
  for (const segment of decodeFully(path)
    .replaceAll(/[\u0000-\u001f\u007f]/g, '')
    .split(/[/\\]/)) {
    const name = segment.split(/[;?#]/)[0]!.trim().toLowerCase();
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return ['internal', 'health', 'metrics'].includes(names[0] ?? '');
}

/** Decodes until no escape is left, neither `%41` nor `%2541`. */
function decodeFully(path: string): string {
  if (!path.includes('%')) return path;
  const text: string[] = [];
  for (const character of path) {
    text.push(character);
    while (text.at(-3) === '%') {
      const digits = text.slice(-2).join('');
      if (!/^[0-9a-f]{2}$/i.test(digits)) break;
      text.splice(-3, 3, String.fromCharCode(parseInt(digits, 16)));
    }
  }
  return text.join('');
}

function decodeOnce(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    // Programs interpret broken escapes and overlong UTF-8 differently.
    return undefined;
  }
}
