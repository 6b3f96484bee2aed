import { readFileSync, readlinkSync } from 'node:fs';
import { hashOf } from '../../plan/hash.ts';

/**
 * Names this machine together with its table of processes: machines and containers can have the same host name, and a pid of one says
 * nothing in another. Undefined on a system that does not tell.
 */
export function machineId(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // The id of a machine is confidential, so only its hash is recorded.
    return hashOf([readFileSync('/etc/machine-id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid')]);
  } catch {
    return undefined;
  }
}
