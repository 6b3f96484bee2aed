import type { WithHoles } from '../../plan/resource.ts';
import type { NamedPort } from '../../stack/ports.ts';
import type { input } from './inputs.ts';
import { metadata, servingPodsOf, type Scope } from './scope.ts';

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
  named: NamedPort[] = [],
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
