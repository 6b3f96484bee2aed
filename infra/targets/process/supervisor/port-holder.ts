import { isIPv4 } from 'node:net';
import { basename } from 'node:path';
import { list, listeners, socketsOf, text } from './sockets.ts';

/** `pid 4711 (node)` for the process that listens on a TCP address, as far as /proc shows it to this user. */
export function portHolder(host: string, port: number): string | undefined {
  // Whoever listens on all addresses holds it, too.
  const found = listeners().find(
    (listener) =>
      listener.port === port && (['0.0.0.0', '::', host].includes(listener.host) || !isIPv4(host)),
  );
  if (found === undefined) return undefined;
  const pid = list('/proc').find((name) => /^\d+$/.test(name) && socketsOf(name).includes(found.inode));
  if (pid === undefined) return undefined;
  // The name alone: arguments may hold what is nobody's business.
  const [program = ''] = text(`/proc/${pid}/cmdline`).split('\0');
  return `pid ${pid} (${basename(program)})`;
}
