import type { Refusal } from './answers.ts';

const invalid: Refusal = {
  status: 400,
  code: 'invalid_path',
  message: 'It holds characters or path segments that are not served here.',
};
const hidden: Refusal = { status: 404, code: 'not_found', message: 'There is nothing at this address.' };

/**
 * Why a path may not pass, or undefined. An origin may decode, merge or resolve what it gets in its
 * own way, so every spelling that two programs could read differently is refused rather than mended.
 *
 * @param path as the client sent it: still encoded, without the query
 */
export function refusePath(path: string): Refusal | undefined {
  if (isPrivate(path)) return hidden;
  const decoded = decodeOnce(path);
  const unclear = decoded === undefined || /[# ]/.test(path) || isAmbiguous(path) || isAmbiguous(decoded);
  return unclear ? invalid : undefined;
}

/** Encoded or plain: separators, dot segments, empty segments, control characters. */
function isAmbiguous(path: string): boolean {
  return (
    !path.startsWith('/') ||
    path.includes('//') ||
    /[\\\u0000-\u001f\u007f]|%(2f|5c|2e|[01][0-9a-f]|7f)/i.test(path) ||
    path.split('/').some((segment) => /^\.{1,2}($|;)/.test(segment))
  );
}

/**
 * What services offer to each other and to their supervisor, never to the outside, in any spelling that some program
 * might read as that. An origin sees the path as it is here: what is private to it begins with one of these names.
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

/** As often as there is something to decode: no `%41` is left, and no `%2541`. */
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
    // Broken escapes and overlong UTF-8 have no meaning that two programs would agree on.
    return undefined;
  }
}
