import { createHash } from 'node:crypto';

/** Returns a hash of 16 hex digits over texts. */
export function hashTexts(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const [index, part] of parts.entries()) hash.update(index === 0 ? '' : '\0').update(part);
  return hash.digest('hex').slice(0, 16);
}
