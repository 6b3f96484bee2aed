import { readOrder, readServing } from '../../supervisor/files.ts';
import { isAlive } from '../../common/process-identity.ts';
import { listWorkloads, type Workload } from '../../supervisor/workloads.ts';
import { undirected, type LiveCanary } from '../shared/canaries.ts';

/** Returns the canaries of an environment, as its supervisors report them. `services`: the folder of its workload folders. */
export function processCanaries(services: string): LiveCanary[] {
  return listWorkloads(services).flatMap(canaryOf);
}

export function canaryOf({ folder, name, spec, status }: Workload): LiveCanary[] {
  if (status?.canary === undefined) return [];
  const { weight, since } = status.canary;
  const { steps = [] } = spec.canary ?? {};
  const serving = readServing(folder);
  const isOld = (id: string) => serving?.replicas.includes(id) === true;
  const replicas = status.replicas.filter(({ state }) => state !== 'draining').map(({ id }) => id);
  return [
    {
      service: name,
      weight,
      step: steps.indexOf(weight) + 1,
      steps,
      since: new Date(since).toISOString(),
      newVersion: version(
        spec.artifact,
        replicas.filter((id) => !isOld(id)),
      ),
      oldVersion: version(serving?.spec.artifact, replicas.filter(isOld)),
      ...(!isDirected(folder, status.request) && { held: undirected }),
    },
  ];
}

function version(artifact: string | undefined, replicas: string[]) {
  return { ...(artifact !== undefined && { artifact }), replicas };
}

/** Returns whether the process runs that gave the last order to the canary of a rollout. */
function isDirected(folder: string, request: string): boolean {
  const order = readOrder(folder);
  return order?.request === request && order.by !== undefined && isAlive(order.by);
}
