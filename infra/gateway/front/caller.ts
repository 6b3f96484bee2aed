import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { addressOf } from './connections.ts';

/** Whose request it is, and the protocol of the URL that the client asked for. */
export interface Caller {
  address: string;
  protocol: 'http' | 'https';
}

/**
 * Returns the client of a request. If a proxy makes every connection (`forwarded`), it is the last one that the headers of the proxy
 * name: the proxy has added it, and clients may have written what stands before it.
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
