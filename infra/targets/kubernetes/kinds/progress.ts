import type { Live } from './objects.ts';

/** Returns whether all replicas run the newest revision and are available. */
export function isDone({ workload }: Live): boolean {
  const { kind, metadata, spec, status } = workload;
  if (kind === 'Job') {
    return status.conditions.some(
      (condition) => condition.type === 'Complete' && condition.status === 'True',
    );
  }
  return (
    status.observedGeneration >= metadata.generation &&
    status.updatedReplicas >= spec.replicas &&
    status.replicas <= status.updatedReplicas &&
    status.availableReplicas >= spec.replicas
  );
}

/** Returns a number that grows with each pod that becomes ready and each old pod that ends. */
export function progressOf(live: Live): number {
  const { replicas, updatedReplicas } = live.workload.status;
  return readyPods(live) - (replicas - updatedReplicas);
}

export function describeProgress(live: Live): string {
  const { kind, spec } = live.workload;
  if (kind === 'Job') return 'preDeploy runs';
  return `${readyPods(live)} of ${spec.replicas} new pods are ready`;
}

function readyPods({ pods }: Live): number {
  return pods.filter(({ status }) =>
    status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  ).length;
}
