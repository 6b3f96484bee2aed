/**
 * Returns whether a number of replicas can give exactly this share, in percent, of the pods to a new version. Argo Rollouts
 * divides the replicas, or one more than them.
 */
export function canShare(replicas: number, share: number): boolean {
  return [replicas, replicas + 1].some((pods) => (share * pods) % 100 === 0);
}

/** Returns the shares that a number of replicas can express, in ascending order. */
export function sharesOf(replicas: number): number[] {
  return Array.from({ length: 99 }, (_, index) => index + 1).filter((share) => canShare(replicas, share));
}

/** Returns the smallest number of replicas that can express a share. */
export function replicasFor(share: number): number {
  for (let replicas = 1; ; replicas++) if (canShare(replicas, share)) return replicas;
}
