import type { NetworkChange } from './model.ts';
import { routeOf } from './route-key.ts';
import { placeOf, type Sides } from './sides.ts';
import type { Snapshot } from './snapshot.ts';

interface Connection {
  from: string;
  to: string;
  /** Path of the stack file that allows the connection. */
  path: string[];
}

/** The clients of the gateway. */
export const publicClients = 'public';

/** Returns the connections that are allowed on one side only: those between services, to outside addresses and from the public. */
export function networkChanges(sides: Sides): NetworkChange[] {
  const [before, after] = [connectionsOf(sides.before), connectionsOf(sides.after)];
  return [
    ...only(after, before).map((one) => toChange('added', one, sides)),
    ...only(before, after).map((one) => toChange('removed', one, sides)),
  ];
}

function only(some: Map<string, Connection>, others: Map<string, Connection>): Connection[] {
  return [...some].filter(([key]) => !others.has(key)).map(([, connection]) => connection);
}

function toChange(
  change: NetworkChange['change'],
  { from, to, path }: Connection,
  sides: Sides,
): NetworkChange {
  const place = placeOf(sides, path, change === 'removed');
  return { change, from, to, ...(place && { place }) };
}

function connectionsOf(side: Snapshot | undefined): Map<string, Connection> {
  if (side === undefined) return new Map();
  const between = Object.entries(side.services).flatMap(([from, { dependsOn, opens = {} }]) =>
    dependsOn.flatMap((to) =>
      addressesOf(side, to, opens[to]).map((address): Connection => {
        return { from, to: address, path: pathOfEdge(side, from, to) };
      }),
    ),
  );
  const all = [...between, ...egressOf(side), ...publicOf(side), ...publishedOf(side)];
  return new Map(all.map((one) => [`${one.from}\n${one.to}`, one]));
}

/** Returns what an edge opens: a service, which is its main port, and its named ports: `api:9090`. */
function addressesOf({ declared }: Snapshot, to: string, opened: number[] | undefined): string[] {
  const main = declared[`services.${to}.port`];
  return opened?.map((port) => (String(port) === main ? to : `${to}:${port}`)) ?? [to];
}

/** Returns the path of the first variable that refers to the other service. */
function pathOfEdge({ services }: Snapshot, from: string, to: string): string[] {
  const variables = Object.entries(services[from]?.variables ?? {});
  const direct = variables.find(([, { references }]) => references.some((key) => key.startsWith(`${to}.`)));
  return ['services', from, ...(direct?.[0].split('.') ?? [])];
}

function egressOf({ declared }: Snapshot): Connection[] {
  return Object.entries(declared).flatMap(([path, value]): Connection[] => {
    const [services, from = '', field] = path.split('.');
    if (services !== 'services' || field !== 'egress') return [];
    const rules = JSON.parse(value) as { to: string; port?: number }[];
    return rules.map(({ to, port }) => ({
      from,
      to: port === undefined ? to : `${to}:${port}`,
      path: ['services', from, 'egress'],
    }));
  });
}

function publicOf(side: Snapshot): Connection[] {
  return Object.entries(side.declared).flatMap(([key, service]): Connection[] => {
    const { route, field } = routeOf(key) ?? {};
    if (field !== 'to') return [];
    const to = addressOf(side, service, side.declared[`gateway.routes.${route}.port`]);
    return [{ from: publicClients, to, path: ['gateway', 'routes'] }];
  });
}

/** Returns a port of a service: `api`, or `api:9090` for a named one. */
function addressOf({ declared }: Snapshot, service: string, name = ''): string {
  const port = declared[`services.${service}.ports.${name}.port`];
  return port === undefined ? service : `${service}:${port}`;
}

function publishedOf(side: Snapshot): Connection[] {
  return publishedPorts(side).map(({ service, name, path }) => {
    return { from: publicClients, to: addressOf(side, service, name), path };
  });
}

interface Published {
  service: string;
  /** The name of the port. */
  name: string;
  published: string;
  /** Its path in the stack file. */
  path: string[];
}

/** Returns the published ports of all services. */
export function publishedPorts({ declared }: Pick<Snapshot, 'declared'> = { declared: {} }): Published[] {
  return Object.entries(declared).flatMap(([key, published]): Published[] => {
    const path = key.split('.');
    const [services, service = '', field, name] = path;
    if (services !== 'services' || field !== 'publish' || name === undefined) return [];
    return [{ service, name, published, path }];
  });
}

/** Returns the services that a route of the gateway makes public. */
export function routedServices({ declared }: Snapshot): string[] {
  const routes = Object.entries(declared).filter(([key]) => routeOf(key)?.field === 'to');
  return [...new Set(routes.map(([, to]) => to))];
}
