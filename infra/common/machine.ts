import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Returns a name for this machine together with its table of processes: machines and containers can have the same host name,
 * and a pid of one means nothing in another. Without an id of the machine, as in most containers, its boot counts: a restart then
 * makes it another machine. Undefined on other systems than Linux.
 *
 * @param file contains the id of the machine
 */
export function machineId(file = '/etc/machine-id'): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const id = textOf(file) || textOf('/proc/sys/kernel/random/boot_id');
  // The id of a machine is confidential, so only its hash is recorded.
  return hashed(JSON.stringify([id, readlinkSync('/proc/self/ns/pid')]));
}

/** Returns the first 16 hex digits of the hash of a text. */
export function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
