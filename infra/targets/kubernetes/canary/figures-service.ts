import type { WithHoles } from '../../../plan/resource.ts';
import type { input } from '../inputs.ts';
import { metadata, servingPodsOf, type Scope } from '../scope.ts';
import type { TriedOut } from './tried-out.ts';

/** Returns the name of the Service with the addresses of all pods of a service. */
export function figuresName(service: string): string {
  return `${service}-figures`;
}

/** Returns the Service by which the judge of a canary finds the pods. A pod that is not ready has figures too. */
export function figuresServiceArgs(scope: Scope, service: string, { figures }: TriedOut) {
  return {
    metadata: {
      ...metadata(scope, service, 'service', figuresName(service)),
      annotations: { 'pulumi.com/skipAwait': 'true' },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: servingPodsOf(scope, service),
      ports: [{ name: 'figures', port: figures, targetPort: figures, protocol: 'TCP' }],
    } satisfies WithHoles<input.core.v1.ServiceSpec>,
  };
}
