import { isIPv4 } from 'node:net';
import { basename } from 'node:path';
import { list, listeners, socketsOf, text } from './sockets.ts';

/**
 * Returns the process that listens on a TCP address, as `pid 4711 (node)`; undefined if there is none, on systems
 * without /proc, and if the process belongs to another user.
 */
export function portHolder(host: string, port: number): string | undefined {
  // A process that listens on all addresses also holds this one.
  const found = listeners().find(
    (listener) =>
      listener.port === port && (['0.0.0.0', '::', host].includes(listener.host) || !isIPv4(host)),
  );
  if (found === undefined) return undefined;
  const pid = list('/proc').find((name) => /^\d+$/.test(name) && socketsOf(name).includes(found.inode));
  if (pid === undefined) return undefined;
  // Only the program name: the arguments may contain secrets.
  const [program = ''] = text(`/proc/${pid}/cmdline`).split('\0');
  return `pid ${pid} (${basename(program)})`;
}
