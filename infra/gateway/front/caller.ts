import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { addressOf } from './connections.ts';

/** The client of a request, and the protocol of the URL that the client used. */
export interface Caller {
  address: string;
  protocol: 'http' | 'https';
}

/**
 * Returns the client of a request: the address of its connection. If a proxy makes every connection (`forwarded`), the client is
 * the last address in X-Forwarded-For. The proxy has added this address; the client may have written those before it.
 */
export function callerOf({ headers, socket }: IncomingMessage, forwarded: boolean): Caller {
  const address = forwarded ? lastOf(headers['x-forwarded-for']) : '';
  const protocol = forwarded ? lastOf(headers['x-forwarded-proto']) : '';
  return {
    address: isIP(address) === 0 ? addressOf(socket) : address,
    protocol: protocol === 'https' ? 'https' : 'http',
  };
}

function lastOf(header: string | string[] = ''): string {
  return String(header).split(',').at(-1)?.trim() ?? '';
}
