import { execEach } from '../../artifacts/commands.ts';
import type { WithHoles } from '../../plan/resource.ts';
import type { Text } from '../../plan/hole.ts';
import { createHash } from 'node:crypto';
import type { CodeService } from '../../stack/schema.ts';
import { deploymentId } from '../../containers/environment.ts';
import { toleratesDisruptions } from './disruption.ts';
import type { PodFiles } from './files.ts';
import { replicaId } from './environment.ts';
import type { ServiceImage } from './images.ts';
import type { input } from './inputs.ts';
import { literal } from './literal.ts';
import { podTemplate } from './pod.ts';
import { watched } from './rollout.ts';
import type { Scope } from './scope.ts';
import { startOf } from './serving.ts';
import { workloadMetadata } from './settings.ts';

/** Seconds that the commands may take. */
export const preDeployTimeout = 1800;

/** Seconds from SIGTERM to SIGKILL. */
const grace = 30;

/** The image of a Job, and the names of what holds its variables. */
interface JobProgram {
  image: ServiceImage;
  variables: { configMap: Text; secret: Text };
  files?: PodFiles | undefined;
}

export interface PreDeployProgram extends JobProgram {
  command: string[];
}

/** Returns the arguments of the Job that runs once before a version of a service starts. */
export function preDeployArgs(
  scope: Scope,
  service: string,
  config: CodeService,
  { command, ...program }: PreDeployProgram,
) {
  const start = { command: execEach(command).map(literal) };
  return jobArgs(scope, service, config, { component: 'predeploy', identity: command, start, ...program });
}

/** Returns the arguments of the Job of a service that runs once. */
export function onceArgs(scope: Scope, service: string, config: CodeService, program: JobProgram) {
  const start = startOf(config);
  const identity = [JSON.stringify(start)];
  return jobArgs(scope, service, config, { component: 'once', identity, start, ...program });
}

interface Run extends JobProgram {
  component: 'predeploy' | 'once';
  /** What it runs, in addition to the image. */
  identity: string[];
  /** Replaces the entry point and the command of the image. */
  start: { command?: string[]; args?: string[] };
}

/**
 * Returns the arguments of a Job that runs once. A Job is immutable: its name depends on the image and the command, and a
 * finished Job runs again only if one of them, `resources` or `kubernetes` changes. A change of a variable must not start a run,
 * so the variables are in a ConfigMap and a Secret.
 */
function jobArgs(
  scope: Scope,
  service: string,
  config: CodeService,
  { component, identity, start, image, variables, files }: Run,
) {
  const template = podTemplate(scope, service, config, {
    component,
    image: image.reference,
    ...start,
    environment: [{ name: 'RAILWAY_DEPLOYMENT_ID', value: deploymentId(image.reference, {}) }, replicaId],
    envFrom: [{ configMapRef: { name: variables.configMap } }, { secretRef: { name: variables.secret } }],
    // Without its revision: a finished Job does not run again because of a file.
    ...(files !== undefined && { files: { volumes: files.volumes, mounts: files.mounts } }),
    restartPolicy: 'Never',
    grace,
  });
  const name = jobName(service, component, [image.id, ...identity]);
  return {
    metadata: workloadMetadata(scope, service, config, {
      component,
      name,
      // After a refresh Pulumi replaces a failed Job. Without a refresh, `Rollout` runs it again.
      annotations: { ...watched, 'pulumi.com/replaceUnready': 'true' },
    }),
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: preDeployTimeout,
      podFailurePolicy: toleratesDisruptions,
      template,
    } satisfies WithHoles<input.batch.v1.JobSpec>,
  };
}

function jobName(service: string, component: string, identity: string[]): string {
  const hash = createHash('sha256').update(identity.join('\0')).digest('hex');
  return `${service}-${component}-${hash.slice(0, 10)}`;
}
