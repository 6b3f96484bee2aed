import type { WorkloadSpec } from './spec.ts';

/** Ready for this long, in milliseconds, means that the trouble is over: counters start again. */
const HEALTHY_STRETCH = 60_000;

/** Railway's restart policy of one replica: whether and when to start it again. */
export class RestartPolicy {
  readonly #settings: WorkloadSpec['restart'];
  readonly #random: () => number;
  /** Used up since the last healthy stretch. */
  retries = 0;

  constructor(settings: WorkloadSpec['restart'], random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Milliseconds to wait before the restart; undefined when the replica stays down. */
  delay(ended: { clean: boolean; readyFor: number }): number | undefined {
    if (ended.readyFor >= HEALTHY_STRETCH) this.retries = 0;
    const { policy, maxRetries } = this.#settings;
    if (policy === 'never') return undefined;
    if (policy === 'on-failure' && (ended.clean || this.retries >= maxRetries)) return undefined;
    return backoff(this.retries++, this.#random);
  }
}

/** 0.25 s, doubled each time up to 10 s, of which the second half is random so that replicas do not come back in step. */
export function backoff(retry: number, random: () => number): number {
  const ceiling = Math.min(250 * 2 ** retry, 10_000);
  return ceiling / 2 + (ceiling / 2) * random();
}
