import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { watched } from './rollout.ts';
import { scalerOf } from './scaling.ts';
import { servingPodsOf, type Scope } from './scope.ts';
import { minReadySeconds, progressDeadline, servingPod, type Program } from './serving.ts';
import { workloadMetadata } from './settings.ts';

/** A service that runs all the time: a new version takes over pod by pod, and only once its pods are ready. */
export function deploymentArgs(scope: Scope, service: string, config: CodeService, program: Program) {
  const { replicas } = config;
  return {
    metadata: workloadMetadata(scope, service, config, { annotations: watched }),
    spec: {
      // A scaler sets it where there is one.
      ...(scalerOf(replicas) === 'none' && { replicas: replicas.min }),
      selector: { matchLabels: servingPodsOf(scope, service) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      minReadySeconds: minReadySeconds(config),
      progressDeadlineSeconds: progressDeadline(config),
      revisionHistoryLimit: 3,
      template: servingPod(scope, service, config, program),
    } satisfies WithHoles<input.apps.v1.DeploymentSpec>,
  };
}
