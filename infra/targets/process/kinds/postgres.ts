import { join } from 'node:path';
import { z } from 'zod';
import { dataFolder } from '../data.ts';
import { makeEnvironmentFolders } from '../../../supervisor/paths.ts';
import { ensureCluster } from '../../../servers/postgres/cluster.ts';
import { ensureRoles } from '../../../servers/postgres/roles.ts';
import { postgresUser } from '../../../servers/postgres/user.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';
import { basicEnvironment } from './environment.ts';
import { portSchema, stateSchema } from './inputs.ts';
import { removeWorkload, runWorkload, workloadSpec, workloadState } from './workload.ts';

const inputs = placeSchema.extend({
  /** Major version. */
  version: z.string().regex(/^\d+$/),
  host: z.ipv4(),
  port: portSchema,
  database: z.string().min(1).max(63),
  /** `max_connections`; default: that of Postgres. */
  connections: z.int().min(1).optional(),
  state: stateSchema,
});

export type PostgresInputs = z.infer<typeof inputs>;

type PostgresOutputs = { ownerPassword: string; appPassword: string; readonlyPassword: string };

/** A Postgres server. Deleting it stops the server and keeps the data and the passwords. */
export const postgres: Kind<PostgresInputs, PostgresOutputs> = {
  inputs,
  outputs: ['ownerPassword', 'appPassword', 'readonlyPassword'],
  secretOutputs: ['ownerPassword', 'appPassword', 'readonlyPassword'],
  replaceOn: [],
  ignored: [],
  create: run,
  update: run,
  read: workloadState,
  delete: removeWorkload('Postgres'),
};

async function run(values: PostgresInputs, step: Step): Promise<PostgresOutputs> {
  const { version, host, port, database, connections } = values;
  // Loaded here because a preview does not need it.
  const { ensurePostgres } = await import('../../../servers/postgres.ts');
  const { bin } = await ensurePostgres(version, step.progress);
  const user = postgresUser();
  makeEnvironmentFolders(values);
  const folder = dataFolder(values);
  const { data, credentials } = await ensureCluster({ folder, bin, version, user, progress: step.progress });
  const outputs = {
    ownerPassword: credentials.owner,
    appPassword: credentials.app,
    readonlyPassword: credentials.readonly,
  };
  const settings = [
    `listen_addresses=${host}`,
    `port=${port}`,
    'unix_socket_directories=',
    ...(connections === undefined ? [] : [`max_connections=${connections}`]),
  ];
  const spec = workloadSpec(values, {
    kind: 'Postgres',
    command: [join(bin, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    cwd: data,
    env: basicEnvironment(),
    ...(user !== undefined && { user }),
    replicas: 1,
    listen: { host, port, mode: 'own' },
    health: 'tcp',
    timeout: 60,
    restart: { policy: 'always', maxRetries: 10 },
    // SIGINT is Postgres' fast shutdown: the server rolls back open transactions and closes cleanly.
    stop: { signal: 'SIGINT', grace: 60 },
  });
  await runWorkload(values, spec, step);
  step.progress('preparing the roles');
  await ensureRoles({ address: { host, port }, credentials, database, signal: step.signal });
  step.progress('ready');
  return outputs;
}
