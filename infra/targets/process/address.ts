import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { localHost } from '../../gateway/hosts.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { urlOf } from '../shared/service-values.ts';

/**
 * Returns the loopback address of one environment of one project, for example `127.88.4.1`. With its own address, an
 * environment uses the ports of the stack file without collisions with other projects. Returns `127.0.0.1` on systems
 * that accept no other.
 */
export function loopbackAddress(root: string, environment: string): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const hash = createHash('sha256')
    .update(`${realpathSync(root)}\0${environment}`)
    .digest();
  return `127.${16 + (hash.readUInt32BE(0) % 239)}.${hash.readUInt8(4)}.1`;
}

/** Returns the URL of the gateway of an environment, or of the host of a route; undefined without one. */
export function processUrl(
  { environment, gateway }: Pick<ServiceGraph, 'environment' | 'gateway'>,
  root: string,
  host?: string,
): string | undefined {
  const name = host === undefined ? loopbackAddress(root, environment) : localHost(host);
  return gateway && urlOf({ host: name, port: gateway.port });
}
