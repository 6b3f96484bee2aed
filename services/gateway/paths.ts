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
  const decoded = decodeOnce(path);
  if (decoded === undefined || /[# ]/.test(path) || isAmbiguous(path) || isAmbiguous(decoded)) return invalid;
  return isPrivate(decoded) ? hidden : undefined;
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

/** What services offer to each other and to their supervisor, never to the outside. */
function isPrivate(decoded: string): boolean {
  const first = decoded.split('/')[1]?.split(';')[0]?.trim().toLowerCase();
  return first === 'internal' || first === 'health' || first === 'metrics';
}

function decodeOnce(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    // Broken escapes and overlong UTF-8 have no meaning that two programs would agree on.
    return undefined;
  }
}
