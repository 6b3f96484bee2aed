import { z } from 'zod';
import { cron } from './cron.ts';
import { duration } from './durations.ts';
import { fields, oneOf, whole } from './fields.ts';
import { plainText, variables } from './names.ts';
import { cpu, size } from './quantities.ts';
import { replicas } from './scaling.ts';
import { obeys, type Rule } from './rules.ts';

const port = whole(1, 65_535, 'a port');

const amounts = { cpu: cpu.optional(), memory: size.optional() };

const resources = fields({
  ...amounts,
  requests: fields(amounts).optional().describe('What is set aside; the limits where absent.'),
});

const httpPath = z
  .string('a path, such as /health')
  .regex(/^\/[^\s?#]*$/, 'a path that starts with "/", such as /health');

const health = fields({
  path: httpPath.describe('Answers 200 while the process lives.'),
  ready: httpPath.optional().describe('Answers 200 while requests may come; `path` where absent.'),
  timeout: duration.prefault('300s').describe('How long a new replica may take to get ready.'),
}).transform((value) => ({ ...value, ready: value.ready ?? value.path }));

const command = plainText('a command');
const commandList = z.array(command).min(1, 'a list of at least one command');
const commands = z.union([command, commandList], 'a command or a list of commands');

const preDeploy = z
  .union(
    [command, commandList, fields({ command: commands, variables })],
    'a command, a list of commands, or a map with command and variables',
  )
  .transform((value) => {
    const { command, variables } = isMap(value) ? value : { command: value, variables: {} };
    return { command: [command].flat(), variables };
  });

const restart = fields({
  policy: oneOf(['on-failure', 'always', 'never']).default('on-failure'),
  maxRetries: whole(0, 1000).default(10).describe('Restarts in a row before a replica is given up.'),
}).prefault({});

const volume = fields({
  path: z
    .string('an absolute path')
    .regex(/^\/[^\s:]+$/, 'an absolute path')
    .describe('Where the service finds it.'),
  size,
});

/** What source and image services share. */
const code = {
  port: port.optional().describe('Where the service listens; only a service with a port can be reached.'),
  preDeploy: preDeploy.optional().describe('Runs once per artifact before the new version starts.'),
  replicas: replicas.describe('How many run, fixed or between min and max.'),
  resources: resources.optional().describe('Limits of each replica.'),
  health: health.optional(),
  cron: cron.optional().describe('Runs at these times (five fields, UTC) instead of all the time.'),
  restart: restart.describe('What happens to a replica that ends.'),
  drain: duration.prefault('10s').describe('Time from SIGTERM to SIGKILL.'),
  volume: volume.optional().describe('A folder that outlives the replica.'),
  variables: variables.describe('Environment of the service; may hold ${{references}}.'),
};

const codeRules: Rule[] = [
  [
    'port',
    (s) => !('cron' in s && 'port' in s),
    'must be left out: a service with "cron" ends by itself, so nobody can reach it',
  ],
  [
    'health',
    (s) => !('cron' in s && 'health' in s),
    'must be left out: a service with "cron" ends by itself',
  ],
  ['volume', (s) => !('cron' in s && 'volume' in s), 'must be left out: a service with "cron" keeps nothing'],
  [
    'replicas',
    (s) => !('cron' in s && maximum(s) !== 1),
    'must be 1 or left out beside "cron": ticks never overlap',
  ],
  [
    'replicas',
    (s) => !('volume' in s && maximum(s) !== 1),
    'must be 1 beside "volume": replicas cannot share it',
  ],
];

const folderRule = 'a folder inside the repository, such as services/api';

const source = z
  .string(folderRule)
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, folderRule)
  .describe('Folder with the code, from the repository root.');

const sourceService = obeys(
  fields({
    source,
    build: command.optional().describe('Builds a copy of the folder; without it Node code is bundled.'),
    start: command.optional().describe('Starts the built service; `node main.js` for Node code.'),
    ...code,
  }),
  [
    ...codeRules,
    [
      'start',
      (s) => !('build' in s && !('start' in s)),
      'is missing: "build" does not tell how the result is started',
    ],
  ],
).transform((service) => ({ kind: 'source' as const, ...service }));

const imageService = obeys(
  fields({
    image: z
      .string('an image')
      .regex(/^[a-z0-9][\w./:@-]*$/, 'an image, such as ghcr.io/acme/api:1.4')
      .describe('Image reference, best by digest.'),
    start: command.optional().describe("Instead of the image's own command."),
    ...code,
  }),
  codeRules,
).transform((service) => ({ kind: 'image' as const, ...service }));

/** A data server of a type that the targets know how to run. */
function dataService<Kind extends string, const Majors extends readonly [string, ...string[]]>(
  kind: Kind,
  majors: Majors,
  standard: Majors[number],
  standardPort: number,
) {
  const expected = `a version of ${kind}: ${majors.join(', ')}`;
  return fields({
    type: z.literal(kind),
    version: z
      .union([z.enum(majors, expected), z.literal(majors.map(Number), expected)], expected)
      .prefault(standard)
      .transform(String)
      .describe('Major version.'),
    storage: size.prefault('1Gi').describe('Size of the disk where the target makes one.'),
    port: port.default(standardPort),
    resources: resources.optional(),
  }).transform(({ type, ...service }) => ({ kind: type, ...service }));
}

const postgres = dataService('postgres', ['15', '16', '17', '18'], '17', 5432);
const redis = dataService('redis', ['7', '8'], '7', 6379);

export const service = z.union(
  [sourceService, imageService, postgres, redis],
  'a service: a map of its fields',
);

/** Which member of the union `service` a value is meant to be, or what is missing to tell. */
export function serviceForm(value: object): number | { path: string[]; message: string } {
  const types = ['postgres', 'redis'];
  if ('type' in value) {
    const index = types.indexOf(String(value.type));
    const message = `${JSON.stringify(value.type)} is not one of ${types.join(', ')}; other software runs by "image"`;
    return index === -1 ? { path: ['type'], message } : 2 + index;
  }
  if ('source' in value || 'image' in value) {
    return 'source' in value ? 0 : 1;
  }
  return { path: [], message: 'does not tell what to run: it needs "source", "image" or "type"' };
}

function isMap<T extends object>(value: T | string | string[]): value is T {
  return typeof value === 'object' && !Array.isArray(value);
}

function scalesWithin(service: object, amount: 'cpu' | 'memory'): boolean {
  const { replicas, resources } = { replicas: {}, resources: {}, ...service };
  return !hasKey(replicas, amount) || hasKey(resources, amount);
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, key) !== undefined;
}

function maximum(value: object): unknown {
  const replicas = 'replicas' in value ? value.replicas : 1;
  return typeof replicas === 'object' && replicas !== null && 'max' in replicas ? replicas.max : replicas;
}
