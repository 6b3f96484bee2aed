import { pidsOf } from './identity.ts';
import { listeners, socketsOf } from './sockets.ts';

/** What to change in a program that listens elsewhere than it was told to. `group`: its process group, while it runs. */
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
    return `${told}; it listens on ${[...new Set(found)].join(', ')}`;
  }
  return lines.some((line) => /EADDRINUSE|address already in use/i.test(line))
    ? `${told}; another process has the port that it chose`
    : undefined;
}
