import type { Hosts } from './worker/environment.ts';
import type { Gateway } from '../stack/schema.ts';

/** The names of the loopback addresses, with which a user reaches a forwarded port. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Returns the hosts of a stack: those in its file, and `own`, the names that the target gives the gateway. */
export function hostsOf({ domain, hosts }: Gateway, own: string[], addresses = false): Hosts {
  return { names: [...new Set([...own, ...(domain === undefined ? [] : [domain]), ...hosts])], addresses };
}
