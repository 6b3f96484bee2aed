import type { WorkloadSpec } from './spec.ts';

/** A replica that was ready for this many milliseconds has recovered: the count of its retries starts again. */
export const healthyStretch = 60_000;

/** Railway's restart policy for one replica: decides whether and when the replica is started again. */
export class RestartPolicy {
  readonly #settings: WorkloadSpec['restart'];
  readonly #random: () => number;
  /** Number of retries since the replica last recovered. */
  retries = 0;

  constructor(settings: WorkloadSpec['restart'], random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Returns the milliseconds to wait before the restart; undefined if the replica is not restarted. */
  delay(ended: { clean: boolean; readyFor: number }): number | undefined {
    if (ended.readyFor >= healthyStretch) this.retries = 0;
    const { policy, maxRetries } = this.#settings;
    if (policy === 'never') return undefined;
    if (policy === 'on-failure' && (ended.clean || this.retries >= maxRetries)) return undefined;
    return backoff(this.retries++, this.#random);
  }
}

/**
 * Returns the milliseconds before retry number `retry` (from 0): 250, doubled each time, at most 10,000. The second
 * half of that time is random, so that replicas do not restart at the same moment.
 */
export function backoff(retry: number, random: () => number): number {
  const ceiling = Math.min(250 * 2 ** retry, 10_000);
  return ceiling / 2 + (ceiling / 2) * random();
}
