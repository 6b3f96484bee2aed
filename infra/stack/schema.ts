import * as z from 'zod';
import { isDataType } from '../data/index.ts';
import { fields } from '../fields/fields.ts';
import { kubernetesDefaults } from '../fields/kubernetes.ts';
import { runsOnNode } from '../runtimes/index.ts';
import { gateway } from './gateway.ts';
import { images } from './images.ts';
import { label, serviceName, variables } from './names.ts';
import { policy } from './policy.ts';
import { pricing } from './pricing.ts';
import { pullRequests } from './pull-requests.ts';
import { imagePullSecrets } from './pull-secrets.ts';
import { service } from './service.ts';
import { stackVolumes } from './volumes.ts';

/** The schema of stack files: their type, their defaults and, through `json-schema.ts`, the JSON Schema for editors. */
export const stackSchema = fields({
  name: label.describe('Name of the system.'),
  variables: variables.describe('Variables that services refer to as ${{shared.NAME}}.'),
  services: z
    .record(serviceName, service, 'a map of services')
    .refine((services) => Object.keys(services).length > 0, 'must contain at least one service'),
  volumes: stackVolumes.describe('Volumes that several services and replicas can mount, by name.'),
  gateway: gateway.optional().describe('The public entry point.'),
  images: images.describe('Container images, and the registry for built images.'),
  imagePullSecrets: imagePullSecrets.describe('Credentials with which a cluster pulls private images.'),
  kubernetes: kubernetesDefaults
    .optional()
    .describe('Settings of all services that apply only on Kubernetes.'),
  observability: z
    .boolean('true or false')
    .default(false)
    .describe('Creates monitors, alert rules and dashboards for the Prometheus operator of a cluster.'),
  policy: policy.describe('The rules that an environment must keep before it is updated.'),
  onFailure: z
    .literal('rollback', 'rollback')
    .optional()
    .describe(
      'What `up` does after a failed rollout. `rollback` brings back the artifacts of the last update that succeeded, unless a migration has run that they do not have.',
    ),
  pullRequests: pullRequests
    .optional()
    .describe('Allows `railhead pr up` to make environments for pull requests from this one.'),
  pricing: pricing
    .optional()
    .describe(
      'Prices with which a preview shows the monthly cost of a change. They have no effect on what runs.',
    ),
});

/**
 * A stack file with every default filled in. Durations are seconds, CPU is cores, sizes are
 * `{ bytes, text }`, replicas are `{ min, max }` and `preDeploy` is `{ command: string[], variables, migrations }`.
 */
export type Stack = z.output<typeof stackSchema>;

/** A service. `kind` is `source`, `image` or a type of data service. */
export type Service = Stack['services'][string];

/** A service that runs code, from a source folder or an image. */
export type CodeService = Extract<Service, { kind: 'source' | 'image' }>;

export type SourceService = Extract<CodeService, { kind: 'source' }>;

export function isCode(service: Service): service is CodeService {
  return !isDataType(service.kind);
}

/** Whether Railhead builds the image of a service. */
export function hasBuiltImage(service: CodeService): service is SourceService {
  return service.kind === 'source' && service.dockerfile === undefined;
}

/** Whether Railhead builds the image of a service, on a base image that contains Node. */
export function isNodeService(service: CodeService): service is SourceService {
  return hasBuiltImage(service) && runsOnNode(service.runtime);
}

/** Whether a service runs to its end once, instead of running continuously or on a schedule. */
export function runsOnce({ restart, port, health, cron }: CodeService): boolean {
  return [port, health, cron].every((field) => field === undefined) && restart.policy === 'never';
}

export type Gateway = NonNullable<Stack['gateway']>;
export type Replicas = CodeService['replicas'];
