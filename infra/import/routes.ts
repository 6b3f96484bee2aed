import { valueAt } from '../fields/rules.ts';
import { gateway } from '../stack/gateway.ts';
import { routeAddress } from '../stack/route-address.ts';
import type { Draft } from './draft.ts';
import type { Imported, ImportedRoute, ImportedService } from './facts.ts';
import { cannot, defaulted, type Ledger, type Outcome } from './ledger.ts';
import type { Server } from './values.ts';

/** The services of the routes, by their addresses. */
type Owners = Map<string, ImportedService>;

interface Writing {
  draft: Draft;
  servers: ReadonlyMap<string, Server>;
  ledger: Ledger;
}

/** Writes the routes that files name, as the first ones of the gateway. Returns how many. */
export function writeRoutes(imported: Imported, writing: Writing): number {
  const owners: Owners = new Map();
  for (const service of imported.services)
    for (const route of service.routes)
      writing.ledger.settle(route.from, writeRoute(route, service, owners, writing));
  for (const services of imported.environments.values())
    for (const { routes } of services.filter((service) => !imported.services.includes(service)))
      for (const { from } of routes) writing.ledger.settle(from, ofOverlay);
  return owners.size;
}

const ofOverlay = cannot(
  'the gateway has no route to a service that only an overlay has',
  'write `gateway.routes` into the overlay',
);
const ofNoPort = cannot('a service without a port has no route', 'add `port`, and a route to it');
const ofData = cannot('a data service is private', 'run the image itself as a service with `image`');
const ofSame = defaulted('another line has this route');

function writeRoute(
  { host, path, stripPrefix, port, from }: ImportedRoute,
  service: ImportedService,
  owners: Owners,
  { draft, servers, ledger }: Writing,
): Outcome {
  const server = servers.get(service.name);
  const main = service.facts.port?.value;
  if (server?.type !== undefined) return ofData;
  if (server === undefined || main === undefined) return ofNoPort;
  if (port !== undefined && port !== main)
    return cannot(
      `a route leads to ${main}, the port of the service, and not to ${port}`,
      'write that port as `port`, and the other one in `ports`',
    );
  const fields = {
    ...(host !== undefined && { host }),
    path,
    ...(stripPrefix !== undefined && { stripPrefix: true }),
    to: server.name,
  };
  const problem = problemOf(fields);
  if (problem !== undefined) return cannot(problem, 'write `gateway.routes`');
  const address = routeAddress({ host, path });
  const owner = owners.get(address);
  if (owner !== undefined)
    return owner === service ? ofSame : cannot(`${owner.name} has this route`, 'write another path');
  const place = ['gateway', 'routes', String(owners.size)];
  owners.set(address, service);
  if (service.published !== undefined)
    ledger.settle(service.published.from, defaulted(`the gateway publishes ${server.name} at ${address}`));
  const outcomes = Object.entries(fields).map(([key, value]) => draft.set([...place, key], value, from));
  if (stripPrefix !== undefined)
    ledger.settle(stripPrefix, { kind: 'mapped', to: [...place, 'stripPrefix'].join('.') });
  return outcomes[0] ?? ofSame;
}

/** Returns why a stack file refuses a route. */
function problemOf(route: object): string | undefined {
  const { error } = gateway.safeParse({ routes: [route] });
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return undefined;
  const name = String(issue.path.at(-1));
  const value = JSON.stringify(valueAt(route, name));
  return `${name} ${value} ${issue.code === 'custom' ? '' : 'is not '}${issue.message}`;
}
