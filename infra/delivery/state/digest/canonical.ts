import { keyedHashOf } from '../../../plan/hash.ts';
import { signature } from '../../../provider/wire.ts';

/** Texts that differ between checkouts of the same project: the folder of Railhead in it, and addresses that are derived from its path. */
export type Local = readonly { text: string; name: string }[];

/**
 * Returns inputs of a preview in a form that is equal for equal plans: without secret values, without names that Pulumi
 * chooses at random, and with names in place of what differs between checkouts.
 */
export function canonical(value: unknown, local: Local): unknown {
  if (typeof value === 'string') {
    return local.reduce((text, { text: found, name }) => replaceWhole(text, found, name), value);
  }
  if (Array.isArray(value)) return value.map((item) => canonical(item, local));
  if (typeof value !== 'object' || value === null) return value;
  if (signature in value) return { [signature]: '' };
  const defaults = '__defaults' in value && Array.isArray(value.__defaults) ? value.__defaults : [];
  const entries = Object.entries(value).filter(([name]) => !defaults.includes(name));
  return Object.fromEntries(entries.map(([name, item]) => [name, canonical(item, local)]));
}

/** Replaces a path or an address where it is no part of a longer one: `/app` is in `/app/data`, but not in `/my/app` or `/apps`. */
function replaceWhole(text: string, found: string, name: string): string {
  const continues = (character = '') => /[\w.-]/.test(character);
  return text.replaceAll(found, (match, offset: number) =>
    continues(text[offset - 1]) || continues(text[offset + match.length]) ? match : name,
  );
}

/** Returns values of the state in which a hash replaces each secret. Without a key, all secrets are the same. */
export function withHashes(value: unknown, key: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => withHashes(item, key));
  if (typeof value !== 'object' || value === null) return value;
  if (signature in value) return { [signature]: key === undefined ? '' : keyedHashOf(key, value) };
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withHashes(item, key)]));
}

/** Returns a copy of properties without the named ones. */
export function without(properties: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}
