import { z } from 'zod';
import { codeRules, sourceRules } from './code-rules.ts';
import { cron } from './cron.ts';
import { duration, someTime } from './durations.ts';
import { egress } from './egress.ts';
import { fields, oneOf, port, whole } from './fields.ts';
import { image } from './images.ts';
import { plainText, variableName, variables } from './names.ts';
import { preDeploy } from './pre-deploy.ts';
import { resources, size } from './quantities.ts';
import { obeys } from './rules.ts';
import { replicas } from './scaling.ts';

const httpPath = z
  .string('a path, such as /health')
  .regex(/^\/[^\s?#]*$/, 'a path that starts with "/", such as /health');

const health = fields({
  path: httpPath.describe('Answers 200 while the process lives.'),
  ready: httpPath.optional().describe('Answers 200 while requests may come; `path` where absent.'),
  timeout: someTime.prefault('300s').describe('How long a new replica may take to get ready.'),
}).transform((value) => ({ ...value, ready: value.ready ?? value.path }));

const restart = fields({
  policy: oneOf(['on-failure', 'always', 'never']).default('on-failure'),
  maxRetries: whole(0, 1000).default(10).describe('Restarts in a row before a replica is given up.'),
}).prefault({});

const absolutePath = z
  .string('an absolute path')
  .regex(/^\/[^\s:]+$/, 'an absolute path, such as /data')
  .refine((path) => !/^\/+tmp\/*$/.test(path), 'must be another folder: every replica has a /tmp of its own');

const volume = fields({ path: absolutePath.describe('Where the service finds it.'), size });

const start = plainText('a command').optional();

/** What source and image services share. */
const code = {
  port: port.optional().describe('Where the service listens; only a service with a port can be reached.'),
  preDeploy: preDeploy.optional().describe('Runs once per artifact before the new version starts.'),
  replicas: replicas.describe('How many run: a number, or between min and max.'),
  resources: resources.optional().describe('Limits of each replica.'),
  health: health.optional(),
  minReady: duration
    .optional()
    .describe(
      'How long a new replica must stay ready, without an end, before it takes over; 5s where there is no `health`.',
    ),
  cron: cron.optional().describe('Runs at these times (five fields, UTC) instead of all the time.'),
  restart: restart.describe('What happens to a replica that ends.'),
  drain: duration.prefault('10s').describe('Time from SIGTERM to SIGKILL.'),
  volume: volume.optional().describe('A folder that outlives the replica.'),
  metrics: httpPath.optional().describe('Answers with metrics in the text format of Prometheus.'),
  egress: egress.describe('Where the service may connect to outside of the system.'),
  variables: variables.describe('Environment of the service; may hold ${{references}}.'),
};

const folderRule = 'a folder inside the repository, such as services/api';
const folder = z.string(folderRule).regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, folderRule);

const dockerfileRule = 'a file inside the source folder, such as Dockerfile';
const dockerfile = z.string(dockerfileRule).regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, dockerfileRule);

export const sourceService = obeys(
  fields({
    source: folder.describe('Folder with the code, from the repository root.'),
    build: start.describe('Builds a copy of the folder; without it Node code is bundled.'),
    start: start.describe('Starts the built service; `node main.js` where absent.'),
    dockerfile: dockerfile
      .optional()
      .describe('Builds the image instead; with it "build" and "start" are its own.'),
    buildVariables: z
      .array(variableName, 'a list of variable names')
      .default([])
      .describe('Those of `variables` that the Dockerfile takes as ARG; none may hold a secret.'),
    ...code,
  }),
  [...codeRules, ...sourceRules],
).transform((service) => ({ kind: 'source' as const, ...service }));

export const imageService = obeys(
  fields({
    image: image.describe('Image reference, best by digest.'),
    start: start.describe("Instead of the image's own command."),
    ...code,
  }),
  codeRules,
).transform((service) => ({ kind: 'image' as const, ...service }));
