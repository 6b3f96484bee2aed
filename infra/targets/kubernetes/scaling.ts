import type { WithHoles } from '../../plan/resource.ts';
import type { Replicas } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { metadata, type Scope } from './scope.ts';

/** Returns the scaler of a service: none, a HorizontalPodAutoscaler, or KEDA, which creates its own. */
export function scalerOf({ min, max, queue }: Replicas): 'none' | 'hpa' | 'keda' {
  if (min === max) return 'none';
  return queue === undefined ? 'hpa' : 'keda';
}

/** Scales up immediately, and down after the load has been lower for five minutes. */
export const behavior: WithHoles<input.autoscaling.v2.HorizontalPodAutoscalerBehavior> = {
  scaleUp: { stabilizationWindowSeconds: 0 },
  scaleDown: { stabilizationWindowSeconds: 300 },
};

/** Returns the autoscaler of a service. It scales by the pods' usage of their requested CPU and memory. */
export function autoscalerArgs(scope: Scope, service: string, { min, max, cpu, memory }: Replicas) {
  const metric = (name: string, averageUtilization: number | undefined) =>
    averageUtilization === undefined
      ? []
      : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } }];
  return {
    metadata: metadata(scope, service),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: service },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...metric('cpu', cpu), ...metric('memory', memory)],
      behavior,
    } satisfies WithHoles<input.autoscaling.v2.HorizontalPodAutoscalerSpec>,
  };
}
