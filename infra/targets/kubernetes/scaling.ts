import type { Replicas } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { metadata, type Scope } from './scope.ts';

/** Who decides how many pods run: the stack file, a HorizontalPodAutoscaler, or KEDA by one that it makes itself. */
export function scalerOf({ min, max, queue }: Replicas): 'none' | 'hpa' | 'keda' {
  if (min === max) return 'none';
  return queue === undefined ? 'hpa' : 'keda';
}

/** Grows at once, and shrinks when the load has been lower for five minutes. */
export const behavior: input.autoscaling.v2.HorizontalPodAutoscalerBehavior = {
  scaleUp: { stabilizationWindowSeconds: 0 },
  scaleDown: { stabilizationWindowSeconds: 300 },
};

/** Scaling by what the pods use of the CPU and memory that they request. */
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
    } satisfies input.autoscaling.v2.HorizontalPodAutoscalerSpec,
  };
}
