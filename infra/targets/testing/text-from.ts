import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Address } from '../../balancer/backends.ts';

/** Milliseconds without an answer after which an address counts as closed. */
const silence = 3_000;

/** Returns what a server sends until it closes the connection; undefined if it does not answer. */
export async function textFrom({ host, port }: Address): Promise<string | undefined> {
  const socket = connect({ host, port, timeout: silence });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  return text(socket).catch(() => undefined);
}

/** Returns the map that a service answers. Each call uses a new connection. */
export async function jsonFrom(url: URL): Promise<Record<string, unknown>> {
  const response = await fetch(url, { headers: { connection: 'close' } });
  return (await response.json()) as Record<string, unknown>;
}
