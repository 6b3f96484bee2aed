import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { endianness } from 'node:os';

/** Where the sockets of a process listen, as far as /proc shows it to this user; none where there is no /proc. */
export interface Listener {
  inode: string;
  /** `127.0.0.1`, or `::`. */
  host: string;
  port: number;
}

/** All TCP sockets of this machine that listen. */
export function listeners(): Listener[] {
  return `${text('/proc/net/tcp')}\n${text('/proc/net/tcp6')}`.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === '0A' ? [{ inode, host: hostOf(address), port: parseInt(port, 16) }] : [];
  });
}

/** Inodes of the sockets that a process has open. */
export function socketsOf(pid: number | string): string[] {
  return list(`/proc/${pid}/fd`).flatMap((fd) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`)) ?? [];
    return inode === undefined ? [] : [inode];
  });
}

/** 127.0.0.1 is 0100007F there: words of four bytes in the machine's order. */
function hostOf(hex: string): string {
  const bytes = Buffer.from(hex, 'hex');
  if (endianness() === 'LE') bytes.swap32();
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // As a URL writes it.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** What cannot be read belongs to others or has just ended: as good as absent. */
function unlessHidden<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

export const list = (path: string) => unlessHidden(() => readdirSync(path), []);
export const text = (path: string) => unlessHidden(() => readFileSync(path, 'latin1'), '');
const link = (path: string) => unlessHidden(() => readlinkSync(path), '');
