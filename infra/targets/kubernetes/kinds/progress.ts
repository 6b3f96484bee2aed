import { isReady, type Live } from './objects.ts';

/** Returns whether all replicas run the newest revision and are available. */
export function isDone({ workload }: Live): boolean {
  const { kind, spec, status } = workload;
  if (kind === 'Job') {
    return status.conditions.some(
      (condition) => condition.type === 'Complete' && condition.status === 'True',
    );
  }
  if (!isObserved(workload)) return false;
  if (kind === 'Rollout') return status.phase === 'Healthy';
  return (
    status.updatedReplicas >= spec.replicas &&
    status.replicas <= status.updatedReplicas &&
    status.availableReplicas >= spec.replicas
  );
}

/** Returns whether Argo Rollouts has given up the newest version. */
export function isAborted({ workload }: Live): boolean {
  return workload.kind === 'Rollout' && isObserved(workload) && workload.status.abort;
}

/** Returns whether the controller has seen the newest spec, so that its status speaks of it. */
export function isObserved({ metadata, status }: Live['workload']): boolean {
  return status.observedGeneration >= metadata.generation;
}

/** Returns a number that grows with each step of a canary, each pod that becomes ready and each old pod that ends. */
export function progressOf(live: Live): number {
  const { replicas, updatedReplicas, currentStepIndex } = live.workload.status;
  return readyPods(live) - (replicas - updatedReplicas) + currentStepIndex;
}

export function describeProgress(live: Live): string {
  const { kind, spec } = live.workload;
  if (kind === 'Job') return 'runs to its end';
  if (live.judgements.at(-1)?.phase === 'Running')
    return `canary: step ${live.judgements.length} is judged, ${readyPods(live)} of ${spec.replicas} pods are new`;
  return `${readyPods(live)} of ${spec.replicas} new pods are ready`;
}

function readyPods({ pods }: Live): number {
  return pods.filter(isReady).length;
}
