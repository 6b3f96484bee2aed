import { z } from 'zod';
import { fields } from './fields.ts';
import { gateway } from './gateway.ts';
import { images } from './images.ts';
import { label, serviceName, variables } from './names.ts';
import { imagePullSecrets } from './pull-secrets.ts';
import { service } from './service.ts';

/** The stack file: its type, its defaults and, by `json-schema.ts`, what editors check it with. */
export const stackSchema = fields({
  name: label.describe('Name of the system.'),
  variables: variables.describe('Shared variables: ${{shared.NAME}}.'),
  services: z
    .record(serviceName, service, 'a map of services')
    .refine((services) => Object.keys(services).length > 0, 'must hold at least one service'),
  gateway: gateway.optional().describe('The public entrance.'),
  images: images.describe('Where container images come from and go to.'),
  imagePullSecrets: imagePullSecrets.describe('What a cluster pulls private images with.'),
  observability: z
    .boolean('true or false')
    .default(false)
    .describe('Monitors, alert rules and dashboards for the Prometheus operator of a cluster.'),
});

/**
 * A stack file with every default filled in. Durations are seconds, CPU is cores, sizes are
 * `{ bytes, text }`, replicas are `{ min, max }` and `preDeploy` is `{ command: string[], variables }`.
 */
export type Stack = z.output<typeof stackSchema>;

/** One service; `kind` tells the four forms apart: `source`, `image`, `postgres`, `redis`. */
export type Service = Stack['services'][string];

/** A service that runs somebody's code, from a source folder or an image. */
export type CodeService = Extract<Service, { kind: 'source' | 'image' }>;

/** A data server: Postgres or Redis. */
export type DataService = Exclude<Service, CodeService>;

export type Gateway = NonNullable<Stack['gateway']>;
export type Replicas = CodeService['replicas'];
