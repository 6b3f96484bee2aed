import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { basename } from 'node:path';

/** `pid 4711 (node)` for the process that listens on a TCP address, as far as /proc shows it to this user. */
export function portHolder(host: string, port: number): string | undefined {
  const inode = listeningInode(host, port);
  if (inode === undefined) return undefined;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    if (list(`/proc/${pid}/fd`).some((fd) => link(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`)) {
      // The name alone: arguments may hold what is nobody's business.
      const [program = ''] = text(`/proc/${pid}/cmdline`).split('\0');
      return `pid ${pid} (${basename(program)})`;
    }
  }
  return undefined;
}

/** Also finds who listens on all addresses at once. */
function listeningInode(host: string, port: number): string | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = `${text('/proc/net/tcp')}\n${text('/proc/net/tcp6')}`.split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '', , state]) => state === '0A' && local.endsWith(suffix))
    .find(([, local = '']) => /^0+:/.test(local) || !isIPv4(host) || local.startsWith(hexAddress(host)))?.[9];
}

/** 127.0.0.1 is 0100007F there: the bytes of the machine's order. */
function hexAddress(host: string): string {
  const bytes = Uint8Array.from(host.split('.').map(Number));
  const [word = 0] = new Uint32Array(bytes.buffer);
  return word.toString(16).toUpperCase().padStart(8, '0');
}

/** What cannot be read belongs to others or has just ended: as good as absent. */
function unlessHidden<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

const list = (path: string) => unlessHidden(() => readdirSync(path), []);
const link = (path: string) => unlessHidden(() => readlinkSync(path), '');
const text = (path: string) => unlessHidden(() => readFileSync(path, 'latin1'), '');
