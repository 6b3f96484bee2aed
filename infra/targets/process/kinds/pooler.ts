import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePgBouncer, preparePooler } from '../../../data/pooler/local.ts';
import { poolerGrace, poolerName } from '../../../data/pooler/pooler.ts';
import type { Place, Step } from '../../../provider/kind.ts';
import { makeEnvironmentFolders, servicePaths } from '../../../supervisor/paths.ts';
import { dataFolder } from '../data.ts';
import { basicEnvironment } from './environment.ts';
import { removeWorkload, runWorkload, workloadSpec, workloadState } from './workload.ts';

/** The inputs of a data server that its pooler needs. */
interface Inputs extends Place {
  host: string;
  port: number;
  database?: string | undefined;
  pooler?: { port: number; connections: number } | undefined;
  state: string;
}

/** The title in records of the supervisor. */
const title = 'PgBouncer';

/** Starts or updates the pooler of a server that is ready; stops it if the server has none. Throws UserError. */
export async function runPooler(
  values: Inputs,
  passwords: Record<string, string>,
  step: Step,
): Promise<void> {
  const { host, port, database, pooler } = values;
  if (pooler === undefined || database === undefined) return removePooler(values, step);
  const { executable, version } = await ensurePgBouncer(step.progress);
  const own = ofPooler(values);
  makeEnvironmentFolders(own);
  const { command, cwd, user } = preparePooler({
    executable,
    folder: join(dataFolder(values), 'pooler'),
    address: { host, port: pooler.port },
    server: { host, port },
    database,
    connections: pooler.connections,
    passwords,
  });
  const spec = workloadSpec(own, {
    kind: title,
    artifact: `${title} ${version}`,
    command,
    cwd,
    env: basicEnvironment(),
    ...(user !== undefined && { user }),
    replicas: 1,
    listen: { host, port: pooler.port, mode: 'own' },
    health: 'tcp',
    timeout: 60,
    restart: { policy: 'always', maxRetries: 10 },
    starts: 2,
    stop: { signal: 'SIGTERM', grace: poolerGrace },
  });
  await runWorkload(own, spec, step);
}

/** Returns `ready`, also for a server without a pooler, or the problem. */
export function poolerState(values: Inputs): string {
  const own = ofPooler(values);
  if (values.pooler !== undefined) return workloadState(own);
  return existsSync(servicePaths(own).workload) && workloadState(own) !== 'stopped' ? 'outdated' : 'ready';
}

export async function removePooler(place: Place, step: Step): Promise<void> {
  const own = placeOf(place);
  if (existsSync(servicePaths(own).workload)) await removeWorkload(title)(own, step);
}

/**
 * Returns the inputs that its workload depends on. A change of another input does not restart it, which would interrupt the
 * connections of services.
 */
function ofPooler(values: Inputs) {
  const { host, port, database, pooler, state } = values;
  return { ...placeOf(values), host, port, database, pooler, state };
}

function placeOf({ root, environment, name }: Place): Place {
  return { root, environment, name: poolerName(name) };
}
