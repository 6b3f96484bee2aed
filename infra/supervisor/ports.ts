import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { codeOf } from '../../tools/error-code.ts';

/** The range is below the ports that systems use for outgoing connections (from 32768 on Linux, from 49152 on macOS). */
const FIRST = 20_000;
const COUNT = 12_000;

export interface ReservedPort {
  port: number;
  release: () => void;
}

/**
 * Reserves a free TCP port that no other supervisor will reserve. The reservation is a socket bound to the UDP port of
 * the same number. TCP and UDP ports are independent, only one process can bind a port, and the kernel frees the
 * sockets of a dead supervisor immediately.
 */
export async function reservePort(host: string): Promise<ReservedPort> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const reserved = await holdPort(host, port);
    if (reserved === undefined) continue;
    if (await canListen(host, port)) return reserved;
    reserved.release();
  }
  throw new Error(`no free port on ${host} between ${FIRST} and ${FIRST + COUNT}`);
}

/** Reserves a port even if a process listens there; undefined if another supervisor has reserved it. */
export async function holdPort(host: string, port: number): Promise<ReservedPort | undefined> {
  const token = await bindToken(host, port);
  return token && { port, release: () => token.close() };
}

export async function canListen(host: string, port: number): Promise<boolean> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}

async function bindToken(host: string, port: number) {
  const token = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' });
  token.bind({ address: host, port, exclusive: true });
  try {
    await once(token, 'listening');
    return token.unref();
  } catch (error) {
    token.close();
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
}
