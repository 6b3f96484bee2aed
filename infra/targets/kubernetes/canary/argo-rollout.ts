import type { Text } from '../../../plan/hole.ts';
import type { CodeService } from '../../../stack/schema.ts';
import { watched } from '../rollout.ts';
import { scalerOf } from '../scaling.ts';
import { servingPodsOf, type Scope } from '../scope.ts';
import { minReadySeconds, progressDeadline, servingPod, type Program } from '../serving.ts';
import { workloadMetadata } from '../settings.ts';
import { stepArgs } from './analysis.ts';
import type { TriedOut } from './tried-out.ts';

/**
 * Returns the Rollout of Argo that runs a service in place of a Deployment. Its own template, not a reference to a
 * Deployment: the pods of the Deployment serve until those of the Rollout do, and are then deleted with it.
 */
export function argoRolloutArgs(
  scope: Scope,
  service: string,
  config: CodeService,
  program: Program & { meter: Text },
  triedOut: TriedOut,
) {
  const { replicas } = config;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: workloadMetadata(scope, service, config, { annotations: watched }),
    spec: {
      ...(scalerOf(replicas) === 'none' && { replicas: replicas.min }),
      selector: { matchLabels: servingPodsOf(scope, service) },
      minReadySeconds: minReadySeconds(config),
      progressDeadlineSeconds: progressDeadline(config),
      // A version that does not get ready goes back too.
      progressDeadlineAbort: true,
      revisionHistoryLimit: 3,
      strategy: { canary: { maxUnavailable: 0, maxSurge: '25%', steps: stepsOf(service, triedOut) } },
      template: servingPod(scope, service, config, program),
    },
  };
}

function stepsOf(service: string, { canary }: TriedOut): object[] {
  return canary.steps.flatMap((share) => [
    { setWeight: share },
    {
      analysis: {
        templates: [{ templateName: service }],
        args: [
          { name: stepArgs.version, valueFrom: { podTemplateHashValue: 'Latest' } },
          { name: stepArgs.weight, value: String(share) },
        ],
      },
    },
  ]);
}
