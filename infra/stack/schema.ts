import { z } from 'zod';
import { fields, port, whole } from './fields.ts';
import { label, plainText, serviceName, variables } from './names.ts';
import { service } from './service.ts';

const routePath = z
  .string('a path, such as /api/*')
  .regex(/^\/([\w.~-]+\/)*([\w.~-]+|\*)?$/, 'a path, such as /, /docs or /api/*');

const origin = z
  .string('an origin')
  .regex(/^(\*|https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?)$/, 'an origin, such as https://app.example.com');

const gateway = fields({
  port: port.default(8080).describe('Local port, where the target has one.'),
  domain: z
    .string('a domain name')
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'a domain name, such as app.example.com')
    .optional()
    .describe('Where people reach the system.'),
  routes: z
    .array(fields({ path: routePath, to: plainText('the name of a service') }), 'a list of routes')
    .min(1, 'a list of at least one route')
    .describe('The most specific path wins.'),
  rateLimit: fields({
    requests: whole(1, 1_000_000).describe('Requests of one client in a period.'),
    period: z
      .literal(['10s', '60s', 10, 60], 'one of 10s, 60s, the periods that the limiter counts in')
      .transform((text) => (text === '10s' || text === 10 ? 10 : 60)),
  }).optional(),
  cors: fields({ origins: z.array(origin, 'a list of origins') }).prefault({ origins: [] }),
});

/** The stack file: its type, its defaults and, by `json-schema.ts`, what editors check it with. */
export const stackSchema = fields({
  name: label.describe('Name of the system.'),
  variables: variables.describe('Shared variables: ${{shared.NAME}}.'),
  services: z
    .record(serviceName, service, 'a map of services')
    .refine((services) => Object.keys(services).length > 0, 'must hold at least one service'),
  gateway: gateway.optional().describe('The public entrance.'),
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
