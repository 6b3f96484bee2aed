import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { endianness } from 'node:os';

/** A listening TCP socket of this machine, read from /proc. On systems without /proc no listeners are found. */
export interface Listener {
  inode: string;
  /** `127.0.0.1`, or `::`. */
  host: string;
  port: number;
}

/** Returns all listening TCP sockets of this machine. */
export function listeners(): Listener[] {
  return `${text('/proc/net/tcp')}\n${text('/proc/net/tcp6')}`.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === '0A' ? [{ inode, host: hostOf(address), port: parseInt(port, 16) }] : [];
  });
}

/** Returns the inodes of the sockets that a process has open; none if the process belongs to another user. */
export function socketsOf(pid: number | string): string[] {
  return list(`/proc/${pid}/fd`).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`)) ?? [];
    return inode === undefined ? [] : [inode];
  });
}

/** Decodes an address of /proc/net/tcp: words of four bytes in the machine's byte order, so 127.0.0.1 is 0100007F. */
function hostOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // The URL parser shortens the address (`::`).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Returns `otherwise` if reading fails: the process belongs to another user or has just ended. */
function unlessHidden<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

export const list = (path: string) => unlessHidden(() => readdirSync(path), []);
export const text = (path: string) => unlessHidden(() => readFileSync(path, 'utf8'), '');
const link = (path: string) => unlessHidden(() => readlinkSync(path), '');
