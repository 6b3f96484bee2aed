import { z } from 'zod';
import { dataFolder } from '../data.ts';
import { makeEnvironmentFolders } from '../../../supervisor/paths.ts';
import { prepareRedis } from '../../../servers/redis/config.ts';
import { waitForRedis } from '../../../servers/redis/ready.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';
import { basicEnvironment } from './environment.ts';
import { portSchema, stateSchema } from './inputs.ts';
import { removeWorkload, runWorkload, workloadSpec, workloadState } from './workload.ts';

const inputs = placeSchema.extend({
  /** Major version. */
  version: z.string().regex(/^\d+$/),
  host: z.ipv4(),
  port: portSchema,
  state: stateSchema,
});

export type RedisInputs = z.infer<typeof inputs>;

type RedisOutputs = { password: string };

/** A Redis server. Deleting it stops the server and keeps the data and the password. */
export const redis: Kind<RedisInputs, RedisOutputs> = {
  inputs,
  outputs: ['password'],
  secretOutputs: ['password'],
  replaceOn: [],
  ignored: [],
  create: run,
  update: run,
  read: workloadState,
  delete: removeWorkload('Redis'),
};

async function run(values: RedisInputs, step: Step): Promise<RedisOutputs> {
  const { version, host, port } = values;
  // Loaded here because a preview does not need it.
  const { describeRedis, ensureRedis } = await import('../../../servers/redis.ts');
  const server = await ensureRedis(version, step.progress);
  makeEnvironmentFolders(values);
  const folder = dataFolder(values);
  const { config, password } = prepareRedis({ folder, host, port });
  const spec = workloadSpec(values, {
    kind: 'Redis',
    artifact: describeRedis(server, version),
    command: [server.executable, config],
    cwd: folder,
    env: basicEnvironment(),
    replicas: 1,
    listen: { host, port, mode: 'own' },
    health: 'tcp',
    timeout: 60,
    restart: { policy: 'always', maxRetries: 10 },
    stop: { signal: 'SIGTERM', grace: 30 },
  });
  await runWorkload(values, spec, step);
  await waitForRedis({ host, port }, password);
  return { password };
}
