import type { Text } from '../../../plan/hole.ts';
import type { WithHoles } from '../../../plan/resource.ts';
import { imageUser } from '../../../artifacts/dockerfile.ts';
import { toleratesDisruptions } from '../disruption.ts';
import { envVars } from '../environment.ts';
import type { input } from '../inputs.ts';
import { labels, metadata, pulling, type Scope } from '../scope.ts';
import { containerSecurity, podSecurity } from '../security.ts';
import { marks, scheduling, type WithSettings } from '../settings.ts';
import { figuresName } from './figures-service.ts';
import { judgeEnvironment, stepVariables } from './judge/environment.ts';
import { meterResources } from './meter.ts';
import type { TriedOut } from './tried-out.ts';

/** Seconds that the pod of a judge may take to start, and to end after its time. */
export const judgeMargin = 120;

/** The arguments that each step gives to the template. */
export const stepArgs = { version: 'version', weight: 'weight' } as const;

/**
 * Returns the AnalysisTemplate of a service: a Job for each step, which reads the figures of all pods and fails if the new
 * version does not keep to its limits.
 */
export function analysisTemplateArgs(
  scope: Scope,
  service: string,
  config: WithSettings,
  image: Text,
  triedOut: TriedOut,
) {
  const spec: WithHoles<input.batch.v1.JobSpec> = {
    backoffLimit: 0,
    activeDeadlineSeconds: triedOut.canary.analysis.for + judgeMargin,
    podFailurePolicy: toleratesDisruptions,
    template: judgePod(scope, service, config, image, triedOut),
  };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: metadata(scope, service, 'analysis'),
    spec: {
      args: Object.values(stepArgs).map((name) => ({ name })),
      metrics: [
        {
          name: 'requests',
          provider: { job: { metadata: { labels: labels(scope, service, 'analysis') }, spec } },
        },
      ],
    },
  };
}

function judgePod(
  scope: Scope,
  service: string,
  config: WithSettings,
  image: Text,
  { canary, figures }: TriedOut,
): WithHoles<input.core.v1.PodTemplateSpec> {
  const environment = {
    ...judgeEnvironment({ pods: figuresName(service), figures, analysis: canary.analysis }),
    [stepVariables.version]: `{{args.${stepArgs.version}}}`,
    [stepVariables.weight]: `{{args.${stepArgs.weight}}}`,
  };
  return {
    metadata: marks(config, labels(scope, service, 'analysis')),
    spec: {
      ...pulling(scope),
      serviceAccountName: service,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...scheduling(config),
      securityContext: podSecurity(imageUser),
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: `${service}-judge`,
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['node', 'judge.js'],
          env: envVars(environment, { [stepVariables.measurement]: 'metadata.name' }),
          resources: meterResources,
          securityContext: containerSecurity,
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
    },
  };
}
