import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';

/**
 * The loopback address of one environment of one clone, such as `127.88.4.1`, so that the ports are those
 * of the stack file and two clones never collide. `127.0.0.1` where the system answers to no other one.
 */
export function loopbackAddress(root: string, environment: string): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const hash = createHash('sha256')
    .update(`${realpathSync(root)}\0${environment}`)
    .digest();
  return `127.${16 + (hash.readUInt32BE(0) % 239)}.${hash.readUInt8(4)}.1`;
}
