import type { Gateway } from './schema.ts';

/** Returns the address of a route for messages: `app.example.com/api/*`, or `/api/*` for every host. */
export function routeAddress({ host = '', path }: { host?: string | undefined; path: string }): string {
  return `${host}${path}`;
}

/**
 * Returns a route as a stack file spells it, where durations are numbers of seconds too.
 *
 * @param hostFor returns the host of the route in the other environment
 */
export function routeFields(route: Gateway['routes'][number], hostFor: (host: string) => string): object {
  const moved = route.host === undefined ? route : { ...route, host: hostFor(route.host) };
  return Object.fromEntries(Object.entries(moved).filter(([, value]) => value !== undefined));
}

/**
 * Returns the host at which people find a service: that of a route of its whole site, or of another route if no route of the
 * gateway's own domain leads to it. Undefined if that is the domain.
 */
export function publicHostOf(gateway: Gateway | undefined, service: string): string | undefined {
  const own = (gateway?.routes ?? []).filter(({ to }) => to === service);
  const named = own.filter(({ host }) => host !== undefined && !host.startsWith('*.'));
  const site = named.find(({ path }) => path === '/*');
  const hasDomain = own.some(({ host }) => host === undefined);
  return (site ?? (hasDomain ? undefined : named[0]))?.host;
}
