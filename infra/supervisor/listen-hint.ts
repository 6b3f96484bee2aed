import { pidsOf } from '../common/process-identity.ts';
import { listeners, socketsOf } from './sockets.ts';

/**
 * Returns a hint for a program that does not listen on its HOST and PORT; undefined if it does or if nothing is known.
 * `group`: its process group while it runs. `lines`: the last lines of its output.
 */
export function listenHint(
  address: { host: string; port: number },
  group: number | undefined,
  lines: string[],
): string | undefined {
  const told = `listen on $HOST:$PORT (here ${address.host}:${address.port})`;
  const sockets = new Set(group === undefined ? [] : pidsOf(group).flatMap(socketsOf));
  const elsewhere = listeners().filter(({ inode }) => sockets.has(inode));
  const isThere = elsewhere.some(
    ({ host, port }) => port === address.port && [address.host, '0.0.0.0', '::'].includes(host),
  );
  if (isThere) return undefined;
  if (elsewhere.length > 0) {
    const found = elsewhere.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`);
    return `${told}; the program listens on ${[...new Set(found)].join(', ')}`;
  }
  return lines.some((line) => /EADDRINUSE|address already in use/i.test(line))
    ? `${told}; the program uses a port that another process already has`
    : undefined;
}
