import { nextPort } from '../init/ports.ts';
import { chooseSite, isNamedAsSite } from './choose-site.ts';
import type { Draft } from './draft.ts';
import type { Imported, ImportedService } from './facts.ts';
import { cannot, defaulted, type Ledger, type Outcome } from './ledger.ts';
import type { Added } from './added.ts';
import { referencesIn, slug } from './names.ts';
import { publishedProtocol } from './publish.ts';
import { writeRoutes } from './routes.ts';
import { isSite } from './static-site.ts';
import type { Server } from './values.ts';

/** Makes the public entry point: the site gets all paths, and each other public service those below its name. */
export function planGateway(
  draft: Draft,
  imported: Imported,
  servers: ReadonlyMap<string, Server>,
  ledger: Ledger,
  added: Added[],
): void {
  const named = writeRoutes(imported, { draft, servers, ledger });
  const open = imported.services.filter(
    (service) => service.routes.length === 0 && isPublic(service, imported, servers),
  );
  for (const { facts } of imported.services.filter((service) => !open.includes(service)))
    if (facts.domain !== undefined) ledger.settle(facts.domain.from, ofNoPort);
  // Where files name routes, they also say what has all paths.
  const chosen = named > 0 ? undefined : chooseSite(open, draft, servers);
  const site = chosen?.service;
  if (chosen?.why !== undefined)
    added.push({ to: 'gateway.routes', why: chosen.why, from: chosen.service.from });
  if (named === 0 && site === undefined) return;
  const hosted = open.flatMap((service) => (service.facts.domain === undefined ? [] : service));
  const others = open.filter((service) => service !== site && !hosted.includes(service));
  if (site?.published === undefined) chooseFreePort(draft);
  for (const [index, service] of [...others, ...(site === undefined ? [] : [site])].entries()) {
    const name = servers.get(service.name)?.name ?? '';
    const path = service === site ? '/*' : `/${name}/*`;
    const from = service.published?.from;
    const route = ['gateway', 'routes', String(named + index)];
    draft.set([...route, 'path'], path, from);
    draft.set([...route, 'to'], name, from);
    const part = service === site ? '' : `, which it gets without /${name}`;
    if (service !== site) draft.set([...route, 'stripPrefix'], true, from);
    const where = `the gateway publishes ${name} at ${path}${part}`;
    if (from === undefined) added.push({ to: 'gateway.routes', why: where, from: service.from });
    else
      ledger.settle(
        from,
        service === site
          ? portOf(site, draft, where)
          : defaulted(`${where}: it has one address for all services`),
      );
  }
  routeHosts(hosted, { draft, servers, ledger, site, first: named + others.length + 1 });
}

const ofNoPort = cannot('a service without a port has no domain', 'add `port`, and a route with this `host`');

interface Hosted {
  draft: Draft;
  servers: ReadonlyMap<string, Server>;
  ledger: Ledger;
  site: ImportedService | undefined;
  /** Index of the first route. */
  first: number;
}

/** Adds a route for each host of a service. */
function routeHosts(services: ImportedService[], { draft, servers, ledger, site, first }: Hosted): void {
  const routes = services.flatMap((service) => {
    const { value: hosts = [], from = service.from } = service.facts.domain ?? {};
    return hosts.map((host) => ({ service, host, from }));
  });
  for (const [index, { service, host, from }] of routes.entries()) {
    const route = ['gateway', 'routes', String(first + index)];
    const name = servers.get(service.name)?.name ?? '';
    ledger.settle(from, draft.set([...route, 'host'], host, from));
    draft.set([...route, 'path'], '/*', from);
    draft.set([...route, 'to'], name, from);
    if (service !== site && service.published !== undefined)
      ledger.settle(service.published.from, defaulted(`the gateway publishes ${name} at ${host}`));
  }
}

/** The gateway has the published port of the site, unless that needs privileges or a service has it. */
function portOf({ published }: ImportedService, draft: Draft, where: string): Outcome {
  const port = published?.value;
  if (port !== undefined && port >= 1024 && !portsOf(draft).has(port))
    return draft.set(['gateway', 'port'], port, published?.from);
  return defaulted(`${where}, on the port ${chooseFreePort(draft)}`);
}

/** The port of a gateway is 8080, unless a service has it. */
function chooseFreePort(draft: Draft): number {
  const free = nextPort(standardPort, portsOf(draft));
  if (free !== standardPort) draft.set(['gateway', 'port'], free);
  return free;
}

const standardPort = 8080;

function portsOf({ entries }: Draft): Set<number> {
  const isPort = (path: readonly string[]) =>
    path.at(-1) === 'port' || ['ports', 'publish'].includes(path.at(-2) ?? '');
  return new Set(entries.flatMap(({ path, value }) => (isPort(path) ? [Number(value)] : [])));
}

function isPublic(
  service: ImportedService,
  { services, choosesPort }: Imported,
  servers: ReadonlyMap<string, Server>,
): boolean {
  const server = servers.get(service.name);
  const { port, cron, domain } = service.facts;
  if (server === undefined || server.type !== undefined || port === undefined || cron !== undefined)
    return false;
  if (publishedProtocol(service) !== undefined) return false;
  if (service.published !== undefined || domain !== undefined) return true;
  // Such a platform does not say in its files which services are public.
  if (choosesPort && isNamedAsSite(server)) return true;
  const values = services.flatMap(({ variables }) => [...variables.values()]);
  const references = values.flatMap(({ value }) => referencesIn(value));
  const names = references.flatMap(([scope, name]) => (scope === slug(service.name) ? name : []));
  // The only service that listens has to be public, unless others use it, or the platform has private services.
  const isOpen = choosesPort === true && mayBePublic(service) && names.length === 0;
  return (isOpen && listeners(services, servers).length === 1) || names.some((name) => /PUBLIC_/.test(name));
}

/** Whether the files of a service do not tell if it is public. Where they say that it listens, they also say if it is public. */
export function mayBePublic(service: ImportedService): boolean {
  return service.listens === undefined || isSite(service);
}

function listeners(services: readonly ImportedService[], servers: ReadonlyMap<string, Server>) {
  return services.filter(
    ({ name, facts }) => facts.port !== undefined && servers.get(name)?.type === undefined,
  );
}
