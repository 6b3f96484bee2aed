import { z } from 'zod';
import { codeRules, sourceRules } from './code-rules.ts';
import { cron } from './cron.ts';
import { duration } from './durations.ts';
import { fields, oneOf, port, whole } from './fields.ts';
import { plainText, variables } from './names.ts';
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
  timeout: duration.prefault('300s').describe('How long a new replica may take to get ready.'),
}).transform((value) => ({ ...value, ready: value.ready ?? value.path }));

const restart = fields({
  policy: oneOf(['on-failure', 'always', 'never']).default('on-failure'),
  maxRetries: whole(0, 1000).default(10).describe('Restarts in a row before a replica is given up.'),
}).prefault({});

const absolutePath = z.string('an absolute path').regex(/^\/[^\s:]+$/, 'an absolute path, such as /data');

const volume = fields({ path: absolutePath.describe('Where the service finds it.'), size });

const start = plainText('a command').optional();

/** What source and image services share. */
const code = {
  port: port.optional().describe('Where the service listens; only a service with a port can be reached.'),
  preDeploy: preDeploy.optional().describe('Runs once per artifact before the new version starts.'),
  replicas: replicas.describe('How many run: a number, or between min and max.'),
  resources: resources.optional().describe('Limits of each replica.'),
  health: health.optional(),
  cron: cron.optional().describe('Runs at these times (five fields, UTC) instead of all the time.'),
  restart: restart.describe('What happens to a replica that ends.'),
  drain: duration.prefault('10s').describe('Time from SIGTERM to SIGKILL.'),
  volume: volume.optional().describe('A folder that outlives the replica.'),
  variables: variables.describe('Environment of the service; may hold ${{references}}.'),
};

const folderRule = 'a folder inside the repository, such as services/api';
const folder = z.string(folderRule).regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\s\\:]+$/, folderRule);

export const sourceService = obeys(
  fields({
    source: folder.describe('Folder with the code, from the repository root.'),
    build: start.describe('Builds a copy of the folder; without it Node code is bundled.'),
    start: start.describe('Starts the built service; `node main.js` where absent.'),
    ...code,
  }),
  [...codeRules, ...sourceRules],
).transform((service) => ({ kind: 'source' as const, ...service }));

const imageRule = 'an image, such as ghcr.io/acme/api:1.4';
const image = z.string(imageRule).regex(/^[a-z0-9][\w./:@-]*$/, imageRule);

export const imageService = obeys(
  fields({
    image: image.describe('Image reference, best by digest.'),
    start: start.describe("Instead of the image's own command."),
    ...code,
  }),
  codeRules,
).transform((service) => ({ kind: 'image' as const, ...service }));
