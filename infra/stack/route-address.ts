import { namedPorts } from './ports.ts';
import { isCode, type Gateway, type Service } from './schema.ts';

/** Returns the address of a route for messages: `app.example.com/api/*`, or `/api/*` for every host. */
export function routeAddress({ host = '', path }: { host?: string | undefined; path: string }): string {
  return `${host}${path}`;
}

/** Where a route leads: a service, and the name of one of its ports. Without a name, it leads to the main port. */
export type RouteTarget = Pick<Gateway['routes'][number], 'to' | 'port'>;

/** Returns where a route leads for messages: `api`, or `api:admin` for a named port. */
export function routeTarget({ to, port }: RouteTarget): string {
  return port === undefined ? to : `${to}:${port}`;
}

/** Returns the port to which a route leads. Throws if the service does not have it: the graph refuses such a route. */
export function routedPort(
  services: readonly { name: string; config: Service }[],
  target: RouteTarget,
): number {
  const config = services.find(({ name }) => name === target.to)?.config;
  const found =
    config === undefined || target.port === undefined
      ? config?.port
      : namedPorts(isCode(config) ? config : {}).find(({ name }) => name === target.port)?.port;
  if (found === undefined) throw new Error(`${routeTarget(target)} has a route but no port`);
  return found;
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
 * gateway's own domain leads to it. Undefined if that is the domain. Routes to named ports count only if there are no others.
 */
export function publicHostOf(gateway: Gateway | undefined, service: string): string | undefined {
  const all = (gateway?.routes ?? []).filter(({ to }) => to === service);
  const main = all.filter(({ port }) => port === undefined);
  const own = main.length > 0 ? main : all;
  const named = own.filter(({ host }) => host !== undefined && !host.startsWith('*.'));
  const site = named.find(({ path }) => path === '/*');
  const hasDomain = own.some(({ host }) => host === undefined);
  return (site ?? (hasDomain ? undefined : named[0]))?.host;
}
