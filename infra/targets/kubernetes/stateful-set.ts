import type { WithHoles } from '../../plan/resource.ts';
import type { CodeService } from '../../stack/schema.ts';
import type { input } from './inputs.ts';
import { watched } from './rollout.ts';
import { podManagementPolicy, servingPodsOf, type Scope } from './scope.ts';
import { minReadySeconds, servingPod, type Program } from './serving.ts';
import { workloadMetadata } from './settings.ts';

/** A service with a volume: one pod, and the next one only when that has let go of the disk. */
export function statefulSetArgs(scope: Scope, service: string, config: CodeService, program: Program) {
  return {
    metadata: workloadMetadata(scope, service, config, { annotations: watched }),
    spec: {
      serviceName: service,
      replicas: 1,
      selector: { matchLabels: servingPodsOf(scope, service) },
      podManagementPolicy,
      minReadySeconds: minReadySeconds(config),
      revisionHistoryLimit: 3,
      template: servingPod(scope, service, config, program),
    } satisfies WithHoles<input.apps.v1.StatefulSetSpec>,
  };
}
