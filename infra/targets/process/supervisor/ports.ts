import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out for outgoing connections (32768 on Linux, 49152 on macOS). */
const FIRST = 20_000;
const COUNT = 12_000;

export interface ReservedPort {
  port: number;
  release: () => void;
}

/**
 * A TCP port that nobody listens on and that no other supervisor will give away: the UDP port of the same number is bound as a
 * token for as long as the reservation holds. TCP and UDP ports are apart, the kernel hands each out once, and a dead
 * supervisor's tokens are free at once.
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

/** Reserves a port whoever listens there; undefined where another supervisor has reserved it. */
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
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
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
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
}
