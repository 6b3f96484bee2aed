import type { input } from './inputs.ts';
import { metadata, servingPodsOf, type Scope } from './scope.ts';

/**
 * The private address of a service, in front of those of its pods that are ready.
 *
 * @param targetPort where the pods listen
 */
export function serviceArgs(scope: Scope, service: string, port: number, targetPort = port) {
  return {
    metadata: {
      ...metadata(scope, service),
      // Whether a service is ready its pods tell; one that sleeps has an address all the same.
      annotations: { 'pulumi.com/skipAwait': 'true' },
    },
    spec: {
      type: 'ClusterIP',
      selector: servingPodsOf(scope, service),
      ports: [{ name: 'main', port, targetPort, protocol: 'TCP' }],
    } satisfies input.core.v1.ServiceSpec,
  };
}
