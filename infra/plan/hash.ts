import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';

/** Returns a hash of a JSON value as 16 hex digits. The order of keys does not matter. */
export function hashOf(value: unknown): string {
  return wholeHashOf(value).slice(0, 16);
}

/** Like `hashOf`, with all 64 hex digits. */
export function wholeHashOf(value: unknown): string {
  return digest(createHash('sha256'), value);
}

/** Like `hashOf`. The value cannot be guessed from the hash without the key. */
export function keyedHashOf(key: string, value: unknown): string {
  return digest(createHmac('sha256', key), value).slice(0, 16);
}

function digest(hash: Hash | Hmac, value: unknown): string {
  return hash.update(sortedJson(value)).digest('hex');
}

/** Returns JSON that is equal for equal values: its keys are sorted. */
export function sortedJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => sortedJson(item) ?? 'null').join(',')}]`;
  const map = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(map).sort()) {
    const item = sortedJson(map[key]);
    // JSON.stringify returns undefined for undefined and for functions.
    if (item !== undefined) text += `${text && ','}${JSON.stringify(key)}:${item}`;
  }
  return `{${text}}`;
}
