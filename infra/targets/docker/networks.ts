import { gatewayArtifact } from '../../artifacts/programs.ts';
import { poolerOf } from '../../data/pooler/pooler.ts';
import type { GraphService, ServiceGraph } from '../../graph/types.ts';
import { publishedPorts } from '../../stack/ports.ts';
import { hasBalancer } from './balanced.ts';
import { prefixOf, type NetworkPlan, type Networks } from './planned.ts';
import { allocateSubnets } from './subnets.ts';

interface Wanted extends Omit<NetworkPlan, 'subnet'> {
  from?: string;
  to?: string;
  members: number;
}

/**
 * Plans one network for each edge of the graph. Only the containers on a network can connect to each other. Replicas
 * are connected only with their balancer, on a separate network, so that other services cannot bypass the balancer.
 */
export function planNetworks(graph: ServiceGraph, pool?: string): Networks {
  const prefix = prefixOf(graph);
  const services = new Map(graph.services.map((service) => [service.name, service]));
  const isExternal = (name: string) => services.get(name)?.form === 'external';
  const edges = [
    ...graph.edges.filter(({ to }) => !isExternal(to)),
    ...(usesGateway(graph) ? routedServices(graph).map((to) => ({ from: gatewayArtifact, to })) : []),
  ];
  const wanted: Wanted[] = [
    ...edges.map(({ from, to }) => ({
      name: `${prefix}.${from}.${to}`,
      service: from,
      internal: true,
      from,
      to,
      members: instancesOf(services.get(from)) + 2 + poolersOf(services.get(to)),
    })),
    ...graph.services.filter(hasBalancer).map((service) => ({
      name: `${prefix}.${service.name}`,
      service: service.name,
      internal: true,
      members: instancesOf(service) + 2,
    })),
    ...graph.services
      .filter((service) => needsOutside(service, isExternal))
      .map((service) => ({
        name: `${prefix}.${service.name}.outside`,
        service: service.name,
        internal: false,
        from: service.name,
        members: instancesOf(service),
      })),
    ...graph.services.filter(isPublished).map(({ name }) => ({
      name: `${prefix}.outside.${name}`,
      service: name,
      internal: false,
      to: name,
      members: 2,
    })),
    ...(usesGateway(graph)
      ? [
          {
            name: `${prefix}.${gatewayArtifact}.outside`,
            service: gatewayArtifact,
            internal: false,
            from: gatewayArtifact,
            members: 2,
          },
        ]
      : []),
  ];
  const subnets = allocateSubnets(prefix, wanted, pool);
  return {
    all: wanted.map(({ name, service, internal }) => ({
      name,
      service,
      internal,
      subnet: subnets.get(name)!,
    })),
    outgoing: (service) => wanted.filter(({ from }) => from === service).map(({ name }) => name),
    incoming: (service) => wanted.filter(({ to }) => to === service).map(({ name }) => name),
    replicas: (service) => `${prefix}.${service}`,
  };
}

/** Returns the largest number of containers of a service: two versions during an update, plus a `preDeploy` container. */
function instancesOf(service: GraphService | undefined): number {
  return service?.form === 'code' ? 2 * service.config.replicas.max + 1 : 2;
}

/** Returns the largest number of containers of a pooler: those of two versions during an update. */
function poolersOf(service: GraphService | undefined): number {
  return service?.form === 'data' && poolerOf(service.config) !== undefined ? 2 : 0;
}

function needsOutside(
  { form, config, dependsOn }: GraphService,
  isExternal: (name: string) => boolean,
): boolean {
  return (form === 'code' && config.egress.length > 0) || dependsOn.some(isExternal);
}

/** Docker publishes no port of a container that is only on internal networks. */
function isPublished({ form, config }: GraphService): boolean {
  return form === 'code' && publishedPorts(config).length > 0;
}

function usesGateway({ gateway }: ServiceGraph): boolean {
  return gateway?.provider === 'workerd';
}

function routedServices({ gateway }: ServiceGraph): string[] {
  return [...new Set(gateway?.routes.map(({ to }) => to))].toSorted();
}
