import * as z from 'zod';
import { bindMounts } from './bind-mounts.ts';
import { codeRules, imageRules, sourceRules } from './code-rules.ts';
import { absolutePath, containerFields, imageCommand } from './container.ts';
import { cron } from './cron.ts';
import { dependsOn } from './depends-on.ts';
import { dockerfile } from './dockerfile.ts';
import { egress } from './egress.ts';
import { envFile } from './env-file.ts';
import { fields, port } from '../fields/fields.ts';
import { health } from './health.ts';
import { mountedFiles } from './mounted-files.ts';
import { image } from '../fields/image.ts';
import { folder, plainText, secretName, serviceVariables, variableName } from './names.ts';
import { ports, publish } from './ports.ts';
import { preDeploy } from './pre-deploy.ts';
import { kubernetes } from '../fields/kubernetes.ts';
import { codeResources, size } from '../fields/quantities.ts';
import { obeys } from '../fields/rules.ts';
import { httpPath, running } from './running.ts';
import { rollout } from './rollout.ts';
import { runtime } from './runtime.ts';
import { replicas } from './scaling.ts';
import { serviceVolumes } from './volumes.ts';

const restartFields = fields({
  policy: running.restart.shape.policy.default('on-failure'),
  maxRetries: running.restart.shape.maxRetries
    .default(10)
    .describe('Maximum number of consecutive restarts of a replica.'),
});

const restart = z
  .union(
    [restartFields, running.restart.shape.policy],
    `${running.restart.shape.policy.options.join(', ')}, or a map with the keys policy, maxRetries`,
  )
  .prefault({})
  .transform((value): z.output<typeof restartFields> =>
    typeof value === 'string' ? { policy: value, maxRetries: 10 } : value,
  );

const volume = fields({
  path: absolutePath.describe(
    'Mount path of the volume. RAILWAY_VOLUME_MOUNT_PATH contains the actual path.',
  ),
  size,
});

const start = plainText('a command').optional();

/** Fields that source and image services share. */
const code = {
  port: port
    .optional()
    .describe('Port on which the service listens. A service without a port cannot receive connections.'),
  ports: ports
    .optional()
    .describe(
      'Further ports by name, such as `grpc: 9090`. Each provides variables, such as `${{api.GRPC_ADDRESS}}`; the service itself gets `GRPC_PORT`.',
    ),
  publish: publish
    .optional()
    .describe(
      'Ports that clients outside of the system reach over TCP, without the gateway: the published port for `port`, or a map from names of ports, such as `{ main: 1883, smtp: 25 }`. On one machine, they listen on 127.0.0.1.',
    ),
  preDeploy: preDeploy
    .optional()
    .describe('Commands that run once per artifact, before the new version starts.'),
  replicas: replicas.describe('Number of replicas, or a range from min to max.'),
  resources: codeResources.optional().describe('CPU and memory limits, and GPUs, of each replica.'),
  health: health.optional(),
  minReady: running.minReady
    .optional()
    .describe(
      'Time that a new replica must stay ready without exiting before it takes over. Default without `health`: 5s.',
    ),
  rollout: rollout.optional().describe('How a new version replaces the old one.'),
  cron: cron
    .optional()
    .describe(
      'Schedule on which the service runs, instead of running continuously: five fields in UTC, or a map with schedule, timezone and retries.',
    ),
  restart: restart.describe(
    'Restart policy for replicas that exit. With `never` and without `port`, `health` and `cron`, the service runs to its end once for each artifact and command.',
  ),
  dependsOn: dependsOn
    .optional()
    .describe(
      'Services that start first, besides those that variables refer to: a list, or a map from services to `ready` or, for a service that runs once, `completed`. It allows no connection.',
    ),
  drain: running.drain.prefault('10s').describe('Time from the stop signal to SIGKILL.'),
  volume: volume.optional().describe('Persistent folder of the service.'),
  volumes: serviceVolumes
    .optional()
    .describe(
      'Further persistent folders by name: a path, or a map with path, size and readOnly. Those in the top-level `volumes` are shared with other services.',
    ),
  bindMounts: bindMounts
    .optional()
    .describe(
      'Folders of the repository by name, which the service sees as they are, for development: maps with source, path and readOnly. Kubernetes has no such folders.',
    ),
  files: mountedFiles
    .optional()
    .describe(
      'Files of the repository, or with the given content, that are mounted read-only into each replica.',
    ),
  metrics: httpPath.optional().describe('Path that returns metrics in the Prometheus text format.'),
  egress: egress.describe('Destinations outside the system to which the service may connect.'),
  ...containerFields,
  envFile: envFile
    .optional()
    .describe(
      'Files with variables, as in Compose: a path such as .env, a list of paths, or of maps with path and required. Their values are literal and not secret; `variables` take precedence.',
    ),
  kubernetes: kubernetes.optional().describe('Settings that apply only on Kubernetes.'),
  variables: serviceVariables.describe(
    'Environment variables of the service. Values may contain ${{references}}.',
  ),
};

/** How a container starts, as in Compose. */
const containerCommand = {
  entrypoint: imageCommand
    .optional()
    .describe("Replaces the image's entry point, as in Compose. The image's own command is then left out."),
  command: imageCommand
    .optional()
    .describe("Arguments of the entry point, as in Compose. They replace the image's own command."),
};

export const sourceService = obeys(
  fields({
    source: folder.describe('Folder with the code, relative to the repository root.'),
    runtime: runtime
      .optional()
      .describe(
        'Runtime of the code, such as python@3.12. Default: detected from `start` and from the files of the folder.',
      ),
    build: start.describe(
      'Command that builds a copy of the folder, in a container on the image of the runtime if the target runs containers. Default: that of the runtime; Node code is bundled.',
    ),
    start: start.describe(
      'Command that starts the built service; default: that of the runtime, for Node `node main.js`. With `dockerfile`, it replaces the entry point and command of the image.',
    ),
    dockerfile: dockerfile
      .optional()
      .describe('Dockerfile that builds the image: a path, or a map with path, context, target and args.'),
    ...containerCommand,
    buildVariables: z
      .array(variableName, 'a list of variable names')
      .default([])
      .describe(
        'Names of `variables` that `build` receives in its environment, or the Dockerfile as ARG: plain values and public addresses, such as ${{api.PUBLIC_URL}}. They must not contain secrets.',
      ),
    buildSecrets: z
      .array(secretName, 'a list of names of secrets')
      .optional()
      .describe(
        'Names of secrets that `build` receives in its environment, such as NPM_TOKEN. The service does not receive them, and the artifact must not contain them.',
      ),
    ...code,
  }),
  [...codeRules, ...sourceRules],
).transform((service) => ({ kind: 'source' as const, ...withoutEnvFile(service) }));

export const imageService = obeys(
  fields({
    image: image.describe('Image reference, preferably with a digest.'),
    start: start.describe("Command that replaces the image's entry point and command, as on Railway."),
    ...containerCommand,
    ...code,
  }),
  [...codeRules, ...imageRules],
).transform((service) => ({ kind: 'image' as const, ...withoutEnvFile(service) }));

/** Leaves out `envFile`: the loader has added its variables to `variables`. */
function withoutEnvFile<Service extends { envFile?: unknown }>({ envFile, ...service }: Service) {
  void envFile;
  return service;
}
