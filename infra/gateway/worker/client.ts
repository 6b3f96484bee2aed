import type { ClientSource } from './environment.ts';

/** Header that the front sets. A self-hosted workerd accepts connections from the front only. */
export const clientHeader = 'x-gateway-client';

/** Header that the front sets too: the protocol of the URL that the Worker sees. */
export const protocolHeader = 'x-gateway-proto';

/** Returns the client's address, without a port, from the one header that the client cannot set. */
export function clientAddress({ headers }: Request, source: ClientSource): string {
  return headers.get(source) ?? 'unknown';
}

/**
 * Returns one key per client: an IPv6 client owns a whole /64 and could otherwise use a new address for each request.
 */
export function rateLimitKey(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return `${expand(address).slice(0, 4).join(':')}::/64`;
}

/** Returns the eight groups of an IPv6 address in canonical form. */
function expand(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(gap).fill('0'), ...after].map((group) => group.replace(/^0+(?=.)/, ''));
}
