import { createHash } from 'node:crypto';

/** Returns whether a text is a digest: `sha256:` and 64 hex digits. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

/** Returns the 64 hex digits of a digest. */
export function hexOf(digest: string): string {
  if (isDigest(digest)) return digest.slice('sha256:'.length);
  throw new Error(`${JSON.stringify(digest)} is not a digest`);
}

/** Returns the digest of bytes. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of bytes) hash.update(part);
  return `sha256:${hash.digest('hex')}`;
}

/**
 * Passes bytes on, and throws after the last one if their digest is another one. The bytes that are checked are those that are used:
 * a second read could return others.
 *
 * @param problem returns the error for the digest that they have
 */
export async function* checked(
  bytes: AsyncIterable<Uint8Array>,
  digest: string,
  problem: (found: string) => Error,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const part of bytes) {
    hash.update(part);
    yield part;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== digest) throw problem(found);
}
