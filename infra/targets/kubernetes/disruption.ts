import type { WithHoles } from '../../plan/resource.ts';
import type { input } from './inputs.ts';
import { metadata, servingPodsOf, type Scope } from './scope.ts';

/** A pod of a Job that had to leave its node has not failed. */
export const toleratesDisruptions: WithHoles<input.batch.v1.PodFailurePolicy> = {
  rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
};

/** Limits a node drain to one missing pod per service. Pods that are not ready can always be evicted. */
export function disruptionBudgetArgs(scope: Scope, service: string) {
  return {
    metadata: metadata(scope, service),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: servingPodsOf(scope, service) },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    } satisfies WithHoles<input.policy.v1.PodDisruptionBudgetSpec>,
  };
}
