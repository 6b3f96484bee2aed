import type { ClientSource } from './environment.ts';

/** Set by what stands in front of a workerd of our own, and nobody else reaches it. */
export const clientHeader = 'x-gateway-client';

/** Address of the caller, without a port, from the one header that the caller cannot have written. */
export function clientAddress({ headers }: Request, source: ClientSource): string {
  return headers.get(source) ?? 'unknown';
}

/** One key per caller: an IPv6 customer owns a whole /64 and could otherwise come from a new address each time. */
export function rateLimitKey(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return `${expand(address).slice(0, 4).join(':')}::/64`;
}

/** The eight groups of an IPv6 address in canonical form. */
function expand(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(gap).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''));
}
