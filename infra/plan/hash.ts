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
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
