import * as z from 'zod';
import { port } from '../../../fields/fields.ts';
import { dataKinds, dataTypes } from '../../../data/index.ts';
import type { DataKind } from '../../../data/kind.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';
import { makeEnvironmentFolders, servicePaths } from '../../../supervisor/paths.ts';
import { dataFolder } from '../data.ts';
import { poolerState, removePooler, runPooler } from './pooler.ts';
import { basicEnvironment } from './environment.ts';
import { stateSchema } from './inputs.ts';
import { whileUp } from './while-up.ts';
import { removeWorkload, runWorkload, workloadSpec, workloadState } from './workload.ts';

const inputs = placeSchema.extend({
  /** Major version. */
  version: z.string().regex(/^\d+(\.\d+)?$/),
  host: z.ipv4(),
  port,
  database: z.string().min(1).max(63).optional(),
  /** How many connections the server accepts; default: that of the server. */
  connections: z.int().min(1).optional(),
  /** Extensions of the database. */
  extensions: z.array(z.string()).optional(),
  /** Options of the server by name. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** The buckets of a server for objects. */
  buckets: z.array(z.string()).optional(),
  /** PgBouncer: its port at the host of the server, and how many connections the server accepts. Absent without a pooler. */
  pooler: z.strictObject({ port, connections: z.int().min(1) }).optional(),
  state: stateSchema,
});

export type DataServerInputs = z.infer<typeof inputs>;

/** The kinds of resources for data servers by their title, which is the last part of the type. */
export const dataServers = Object.fromEntries(
  dataTypes.map((type) => [dataKinds[type].title, dataServer(dataKinds[type])]),
);

/** Returns the kind of a data server's resource. Deleting it stops the server and keeps the data and the passwords. */
function dataServer(kind: Pick<DataKind, 'title' | 'logins' | 'local'>): Kind<DataServerInputs> {
  const outputs = Object.values(kind.logins).map(({ output }) => output);
  const run = (values: DataServerInputs, step: Step) => start(kind, values, step);
  return {
    inputs,
    outputs,
    secretOutputs: outputs,
    replaceOn: [],
    ignored: [],
    create: run,
    update: run,
    read: (values) => {
      const state = workloadState(values);
      return state === 'ready' ? poolerState(values) : state;
    },
    async delete(place, step) {
      await removePooler(place, step);
      await removeWorkload(kind.title)(place, step);
    },
  };
}

async function start(
  { title, logins, local }: Pick<DataKind, 'title' | 'logins' | 'local'>,
  values: DataServerInputs,
  step: Step,
): Promise<Record<string, string>> {
  const { host, port, version } = values;
  const { servers } = await local();
  const installed = await servers.ensure(version, step.progress);
  makeEnvironmentFolders(values);
  const server = await installed.prepare({
    ...values,
    folder: dataFolder(values),
    progress: step.progress,
  });
  const { command, cwd, user, artifact, stop, passwords } = server;
  const spec = workloadSpec(values, {
    kind: title,
    ...(artifact !== undefined && { artifact }),
    command,
    cwd,
    env: basicEnvironment(),
    ...(user !== undefined && { user }),
    replicas: 1,
    listen: { host, port, mode: 'own' },
    health: 'tcp',
    timeout: 60,
    restart: { policy: 'always', maxRetries: 10 },
    // If the first start fails because a killed server still holds an address or memory, the second one can succeed.
    starts: 2,
    stop,
  });
  await runWorkload(values, spec, step);
  await whileUp({ folder: servicePaths(values).workload, ...spec }, step, (signal) =>
    server.complete({ ...step, signal }),
  );
  await runPooler(values, passwords, step);
  step.progress('ready');
  return Object.fromEntries(
    Object.entries(logins).map(([login, { output }]) => [output, passwords[login] ?? '']),
  );
}
