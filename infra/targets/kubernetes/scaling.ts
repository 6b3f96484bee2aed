import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService, Replicas } from '../../stack/schema.ts';
import { triedOut } from './canary/tried-out.ts';
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

/** Returns the kind of the object that runs the pods of a service. */
export function scaledKind(config: Pick<CodeService, 'rollout' | 'port'>) {
  return triedOut(config) === undefined
    ? { apiVersion: 'apps/v1', kind: 'Deployment' }
    : { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' };
}

/** Returns the autoscaler of a service. It scales by the pods' usage of their requested CPU and memory. */
export function autoscalerArgs(
  scope: Scope,
  service: string,
  config: Pick<CodeService, 'replicas' | 'rollout' | 'port'>,
) {
  const { min, max, cpu, memory } = config.replicas;
  const metric = (name: string, averageUtilization: number | undefined) =>
    averageUtilization === undefined
      ? []
      : [usageOf(service, config, name, { type: 'Utilization', averageUtilization })];
  return {
    metadata: metadata(scope, service),
    spec: {
      scaleTargetRef: { ...scaledKind(config), name: service },
      minReplicas: min,
      maxReplicas: max,
      metrics: [...metric('cpu', cpu), ...metric('memory', memory)],
      behavior,
    } satisfies WithHoles<input.autoscaling.v2.HorizontalPodAutoscalerSpec>,
  };
}

/** A meter in the pods has requests of its own, which do not count. */
function usageOf(
  service: string,
  config: Pick<CodeService, 'rollout' | 'port'>,
  name: string,
  target: WithHoles<input.autoscaling.v2.MetricTarget>,
): WithHoles<input.autoscaling.v2.MetricSpec> {
  if (triedOut(config) === undefined) return { type: 'Resource', resource: { name, target } };
  return { type: 'ContainerResource', containerResource: { name, container: service, target } };
}
