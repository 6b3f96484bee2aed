import { setTimeout as sleep } from 'node:timers/promises';
import { kubectl, livePods } from './cluster.ts';
import { eventually } from '../../tools/testing/eventually.ts';
import { patience, type ClusterSystem } from './system.ts';

/** Milliseconds from one killed pod to the next. */
const interval = 5_000;

export interface Pod {
  name: string;
  address: string;
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
 * Every five seconds deletes a pod of the next service, once the service has a second ready pod. With `force`,
 * deletes it without a grace period. Returns the number of deleted pods after the signal.
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
    // The last pod stays: without it no request could succeed, and a PodDisruptionBudget would protect it too.
    const [pod] = await eventually(async () => {
      const pods = await readyPods(rota, service);
      return (signal.aborted || pods.length > 1) && pods;
    }, patience * 1000);
    if (pod !== undefined) await kubectl('delete', 'pod', rota.inNamespace, pod.name, ...flags);
  }
}
