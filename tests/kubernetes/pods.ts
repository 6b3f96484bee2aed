import { setTimeout as sleep } from 'node:timers/promises';
import { getObjects, kubectl, livePods } from './cluster.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { patience, type ClusterSystem } from './system.ts';

/** Milliseconds from one killed pod to the next. */
const interval = 5_000;

export interface Pod {
  name: string;
  address: string;
}

interface DeploymentObject {
  spec: { replicas: number };
  /** Without the pods that end. */
  status: { replicas?: number; availableReplicas?: number };
}

interface PodObject {
  metadata: { name: string };
  status: { podIP?: string; conditions?: { type: string; status: string }[] };
}

/** Returns the pods of a service that are ready and not being deleted, sorted by name. */
export async function readyPods({ inNamespace }: ClusterSystem, service: string): Promise<Pod[]> {
  const selector = `--selector=app.kubernetes.io/name=${service},app.kubernetes.io/component=service`;
  const pods = await livePods<PodObject>(inNamespace, selector);
  return pods
    .filter(({ status }) =>
      status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    )
    .map(({ metadata, status }) => ({ name: metadata.name, address: status.podIP ?? '' }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * At most every five seconds deletes a pod of the next service. With `force`, deletes it without a grace period. Returns the
 * number of deleted pods after the signal.
 *
 * Waits until all pods of the service are available. A slow machine may need longer than five seconds to replace a pod: a rollout
 * would never end, and the last pod would be deleted, without which no request can succeed.
 */
export async function killPods(
  rota: ClusterSystem,
  services: string[],
  { signal, force = false }: { signal: AbortSignal; force?: boolean },
): Promise<number> {
  const flags = force ? ['--force', '--grace-period=0'] : ['--wait=false'];
  const begin = Date.now();
  for (let killed = 0; ; killed++) {
    const due = begin + killed * interval - Date.now();
    // The signal ends the pause, and the next line returns.
    await sleep(Math.max(due, 0), undefined, { signal }).catch(() => {});
    if (signal.aborted) return killed;
    const service = services[killed % services.length]!;
    await eventually(async () => signal.aborted || (await isComplete(rota, service)), patience * 1000);
    const [pod] = signal.aborted ? [] : await readyPods(rota, service);
    if (pod !== undefined) await kubectl('delete', 'pod', rota.inNamespace, pod.name, ...flags);
  }
}

/**
 * Returns whether all pods of a service are available, and more than one. During a rollout, its Deployment deletes an old pod only
 * once it has one available pod more than it wants.
 */
async function isComplete({ inNamespace }: ClusterSystem, service: string): Promise<boolean> {
  const name = `--field-selector=metadata.name=${service}`;
  const [deployment] = await getObjects<DeploymentObject>('deployments', inNamespace, name);
  const { replicas = 0, availableReplicas = 0 } = deployment?.status ?? {};
  return availableReplicas > 1 && availableReplicas >= Math.max(replicas, deployment?.spec.replicas ?? 0);
}
