import type { WithHoles } from '../../plan/resource.ts';
import type { ServiceGraph } from '../../graph/types.ts';
import { publishedPorts, type NamedPort, type PublishedPort } from '../../stack/ports.ts';
import type { input } from './inputs.ts';
import { metadata, servingPodsOf, type Scope } from './scope.ts';

/** Returns the name of the Service that publishes ports of a service. */
export const publishedName = (service: string) => `${service}-published`;

/** Returns the names of all Services that publish ports. */
export function publishedServices({ services }: Pick<ServiceGraph, 'services'>): string[] {
  return services.flatMap(({ name, form, config }) =>
    form === 'code' && publishedPorts(config).length > 0 ? [publishedName(name)] : [],
  );
}

/**
 * Returns the Service that publishes ports of a service: a load balancer outside of the cluster, which forwards to the
 * ready pods.
 *
 * @param main the port of the pods that `main` leads to, or its name
 */
export function publishedServiceArgs(
  scope: Scope,
  service: string,
  published: PublishedPort[],
  main: number | string,
) {
  return {
    metadata: {
      ...metadata(scope, service, 'service', publishedName(service)),
      // A cluster without load balancers never reports an address, but its nodes forward the ports.
      annotations: { 'pulumi.com/skipAwait': 'true' },
    },
    spec: {
      type: 'LoadBalancer',
      selector: servingPodsOf(scope, service),
      ports: published.map(({ name, port, published, named }) => ({
        name,
        port: published,
        targetPort: named === undefined ? main : port,
        protocol: 'TCP',
      })),
    } satisfies WithHoles<input.core.v1.ServiceSpec>,
  };
}

/**
 * Returns the Service of a service: its private address, which forwards to the ready pods.
 *
 * @param named further ports, which lead to the container of the service even if a meter gets the requests of `port`
 * @param targetPort the port of the pods, or its name if it differs between the pods of two deployments
 */
export function serviceArgs(
  scope: Scope,
  service: string,
  port: number,
  named: Pick<NamedPort, 'name' | 'port'>[] = [],
  targetPort: number | string = port,
) {
  return {
    metadata: {
      ...metadata(scope, service),
      // Pulumi waits for the pods instead. A service that is scaled to 0 needs its address too.
      annotations: { 'pulumi.com/skipAwait': 'true' },
    },
    spec: {
      type: 'ClusterIP',
      selector: servingPodsOf(scope, service),
      ports: [
        { name: 'main', port, targetPort, protocol: 'TCP' },
        ...named.map(({ name, port }) => ({ name, port, targetPort: port, protocol: 'TCP' })),
      ],
    } satisfies WithHoles<input.core.v1.ServiceSpec>,
  };
}
