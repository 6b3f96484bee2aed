import type { input } from './inputs.ts';
import { metadata, servingPodsOf, type Scope } from './scope.ts';

/** While nodes are emptied one pod of a service is missing at most; one that is broken anyway holds nobody up. */
export function disruptionBudgetArgs(scope: Scope, service: string) {
  return {
    metadata: metadata(scope, service),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: servingPodsOf(scope, service) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    } satisfies input.policy.v1.PodDisruptionBudgetSpec,
  };
}
