import { join } from 'node:path';
import { kubectl } from './cluster.ts';
import { patience, type ClusterSystem } from './system.ts';

const timeout = `--timeout=${patience}s`;
const preDeploy = '--selector=app.kubernetes.io/component=predeploy';

/**
 * Applies the files for the first time, as infra/targets/kubernetes/README.md describes: data servers, then
 * everything.
 */
export async function applyFirst(rota: ClusterSystem, out: string): Promise<void> {
  const files = ['00-namespace.yaml', '01-shared.yaml', 'postgres.yaml', 'redis.yaml'];
  await apply(...files.map((file) => `--filename=${join(out, file)}`));
  await rolledOut(rota, 'statefulset/postgres', 'statefulset/redis');
  await apply(`--filename=${out}`);
  await prepared(rota);
  await rolledOut(rota, ...deployments);
}

/** Applies an update: the preDeploy jobs, then everything. Resolves once all services run the new version. */
export async function applyUpdate(rota: ClusterSystem, out: string): Promise<void> {
  await apply(`--filename=${out}`, preDeploy);
  await prepared(rota);
  await apply(`--filename=${out}`);
  await rolledOut(rota, ...deployments);
}

const deployments = ['api', 'worker', 'web', 'gateway'].map((name) => `deployment/${name}`);

export async function apply(...args: string[]): Promise<void> {
  await kubectl('apply', '--server-side', ...args);
}

async function prepared({ inNamespace }: ClusterSystem): Promise<void> {
  await kubectl('wait', '--for=condition=Complete', 'job', preDeploy, inNamespace, timeout);
}

/** Resolves once the Deployments and StatefulSets have rolled out, with all pods ready. */
export async function rolledOut({ inNamespace }: ClusterSystem, ...names: string[]): Promise<void> {
  await Promise.all(names.map((name) => kubectl('rollout', 'status', inNamespace, timeout, name)));
}
