import { gatewayArtifact } from '../../artifacts/programs.ts';
import { providedReferences } from '../../graph/services.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';

/** What runs in the environment of a pull request. */
export interface Chosen {
  /** Names of services, in start order. */
  services: string[];
  /** Services of the stack file that do not run. */
  left: string[];
  /** Services that do not run either, and whose address in the environment of origin is used. */
  shared: string[];
  /** Indexes of the routes of the gateway that lead to a service that runs. */
  routes: number[];
}

/**
 * Chooses the services to run: those that are affected, those behind the gateway that connect to them, directly or through others,
 * and everything that these refer to.
 *
 * @param affected names of services, or `gateway`; undefined for all services
 * @param share services that are not copied, nor what they refer to, unless they are affected or behind the gateway
 */
export function chooseServices(
  graph: ServiceGraph,
  affected: readonly string[] | undefined,
  share: readonly string[] = [],
): Chosen {
  const routes = graph.gateway?.routes ?? [];
  const names = graph.services.map(({ name }) => name);
  const closureOf = (start: readonly string[]) => closure(graph, start, share);
  const wanted = closureOf(affected === undefined ? names : startOf(graph, affected));
  // A gateway that only gives its keys needs a route all the same.
  const isUnused = wanted.has(gatewayArtifact) && routes.every(({ to }) => !wanted.has(to));
  if (isUnused) for (const name of closureOf(routes.map(({ to }) => to))) wanted.add(name);
  return {
    services: names.filter((name) => wanted.has(name)),
    left: names.filter((name) => !wanted.has(name)),
    shared: share.filter(
      (name) =>
        !wanted.has(name) &&
        graph.services.some((service) => wanted.has(service.name) && referencesOf(service).includes(name)),
    ),
    routes: routes.flatMap(({ to }, index) => (wanted.has(to) ? [index] : [])),
  };
}

/** Returns the affected services and those behind the gateway that reach them: only through these can a reviewer see the change. */
function startOf({ services, gateway }: ServiceGraph, affected: readonly string[]): string[] {
  const routed = new Set(gateway?.routes.map(({ to }) => to));
  const reaches = new Set(affected);
  // In start order, so a service follows all that it connects to.
  for (const { name, dependsOn } of services)
    if (dependsOn.some((other) => reaches.has(other))) reaches.add(name);
  const isSeen = affected.includes(gatewayArtifact);
  return services
    .map(({ name }) => name)
    .filter((name) => affected.includes(name) || (routed.has(name) && (isSeen || reaches.has(name))));
}

/** Returns services with everything that they refer to, directly or through others, but not through shared ones. */
function closure(
  { services }: ServiceGraph,
  names: readonly string[],
  share: readonly string[],
): Set<string> {
  const found = new Set(names);
  // A loop over a set includes what is added meanwhile.
  for (const name of found) {
    const service = services.find((one) => one.name === name);
    if (service === undefined) continue;
    for (const other of referencesOf(service)) if (!share.includes(other)) found.add(other);
  }
  return found;
}

/** Returns the services that a service refers to, by a key or an address, also by those that make no edge. */
function referencesOf(service: GraphService): string[] {
  const queue = service.form === 'code' ? service.config.replicas.queue?.from : undefined;
  return [
    ...service.waitsFor,
    ...providedReferences(service).map(({ service: other }) => other),
    ...(queue === undefined ? [] : [queue]),
  ];
}
