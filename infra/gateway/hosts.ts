import type { Hosts } from './worker/environment.ts';
import type { Gateway } from '../stack/schema.ts';

/** The names of the loopback addresses, with which a user reaches a forwarded port. */
export const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Returns the hosts of a stack: those in its file, and `own`, the names that the target gives the gateway. */
export function hostsOf({ domain, hosts, routes }: Gateway, own: string[], addresses = false): Hosts {
  const routed = routes.flatMap(({ host }) => host ?? []);
  const declared = domain === undefined ? [] : [domain];
  return { names: [...new Set([...own, ...declared, ...hosts, ...routed])], addresses };
}

/**
 * Returns the name under which a gateway of one machine serves the host of a route: `app.localhost` for
 * `app.example.com`. Browsers resolve every such name to the machine.
 */
export function localHost(host: string): string {
  return /(^|\.)localhost$/.test(host) ? host : `${host.split('.')[0]}.localhost`;
}

/** Returns the names on this machine of all hosts of routes, such as `app.localhost`. */
export function localHostsOf({ routes }: Gateway): string[] {
  return routes.flatMap(({ host }) => (host === undefined ? [] : [localHost(host)]));
}
