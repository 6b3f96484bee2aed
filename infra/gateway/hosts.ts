import type { Hosts } from '../../services/gateway/environment.ts';
import type { Gateway } from '../stack/schema.ts';

/** How a machine calls itself, whichever of its addresses a port is forwarded to. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The hosts of a stack: what its file names, and `own`, the names that the target gives the gateway. */
export function hostsOf({ domain, hosts }: Gateway, own: string[], addresses = false): Hosts {
  return { names: [...new Set([...own, ...(domain === undefined ? [] : [domain]), ...hosts])], addresses };
}
