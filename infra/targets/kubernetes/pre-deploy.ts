import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import { createHash } from 'node:crypto';
import { execEach } from '../../artifacts/commands.ts';
import type { CodeService } from '../../stack/schema.ts';
import { deploymentId } from '../../containers/environment.ts';
import { toleratesDisruptions } from './disruption.ts';
import { replicaId } from './environment.ts';
import type { ServiceImage } from './images.ts';
import type { input } from './inputs.ts';
import { literal } from './literal.ts';
import { podTemplate } from './pod.ts';
import { watched } from './rollout.ts';
import { metadata, type Scope } from './scope.ts';

/** Seconds that the commands may take. */
export const preDeployTimeout = 1800;

/** Seconds from SIGTERM to SIGKILL. */
const grace = 30;

export interface PreDeployProgram {
  command: string[];
  image: ServiceImage;
  /** Names of what holds the variables. */
  variables: { configMap: Text; secret: Text };
}

/**
 * Returns the arguments of the Job that runs once before a version of a service starts. A Job is immutable: its name
 * depends on the image and the command, and a finished Job runs again only if one of them or `resources` changes. A change
 * of a variable must not start a run, so the variables are in a ConfigMap and a Secret.
 */
export function preDeployArgs(
  scope: Scope,
  service: string,
  config: CodeService,
  { command, image, variables }: PreDeployProgram,
) {
  const template = podTemplate(scope, service, config, {
    component: 'predeploy',
    image: image.reference,
    command: execEach(command).map(literal),
    environment: [{ name: 'RAILWAY_DEPLOYMENT_ID', value: deploymentId(image.reference, {}) }, replicaId],
    envFrom: [{ configMapRef: { name: variables.configMap } }, { secretRef: { name: variables.secret } }],
    restartPolicy: 'Never',
    grace,
  });
  const name = preDeployName(service, image.id, command);
  return {
    metadata: {
      ...metadata(scope, service, 'predeploy', name),
      // After a refresh Pulumi replaces a failed Job. Without a refresh, `Rollout` runs it again.
      annotations: { ...watched, 'pulumi.com/replaceUnready': 'true' },
    },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: preDeployTimeout,
      podFailurePolicy: toleratesDisruptions,
      template,
    } satisfies WithHoles<input.batch.v1.JobSpec>,
  };
}

function preDeployName(service: string, image: string, command: string[]): string {
  const hash = createHash('sha256')
    .update([image, ...command].join('\0'))
    .digest('hex');
  return `${service}-predeploy-${hash.slice(0, 10)}`;
}
