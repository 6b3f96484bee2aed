import type { ClientSource } from './environment.ts';

/** What the runtime tells about the connection: workerd alone fills in the peer, `192.0.2.7:49152` or `[2001:db8::7]:49152`. */
export interface Connection {
  cf?: { clientIp?: string };
}

/**
 * Address of the caller, without a port. Headers count only where Cloudflare has set them: anybody
 * can send a `CF-Connecting-IP` to a workerd that stands alone.
 */
export function clientAddress(request: Request & Connection, source: ClientSource): string {
  if (source === 'cf-connecting-ip') return request.headers.get('cf-connecting-ip') ?? 'unknown';
  const peer = request.cf?.clientIp ?? 'unknown';
  if (peer.startsWith('[')) return peer.slice(1, peer.indexOf(']'));
  const port = peer.indexOf(':');
  return port === -1 ? peer : peer.slice(0, port);
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
