import { setTimeout as sleep } from 'node:timers/promises';
import type { Backends } from '../balancer/backends.ts';
import type { Changes } from '../balancer/changes.ts';
import type { Replica } from './replica.ts';

/** Milliseconds from the last new connection to the stop signal: the replica may not have accepted it yet. */
const PAUSE = 200;
/** Longest wait for running requests before the stop signal, in milliseconds. The grace period follows. */
const DRAIN = 10_000;

/** The replicas of a workload that end. */
export class Leaving {
  readonly replicas = new Set<Replica>();
  readonly #backends: Backends;
  readonly #changes: Changes;

  constructor(backends: Backends, changes: Changes) {
    this.#backends = backends;
    this.#changes = changes;
  }

  /** Drains and stops replicas. Takes at most as long as the running requests, the stop signal and its grace period. */
  async retire(replicas: Replica[]): Promise<void> {
    await Promise.all(replicas.map((replica) => this.#retireOne(replica)));
  }

  async #retireOne(replica: Replica): Promise<void> {
    this.replicas.add(replica);
    const { address, spec } = replica;
    if (spec.listen?.mode === 'balanced' && address && replica.state === 'ready') {
      await sleep(PAUSE);
      const patience = AbortSignal.timeout(Math.min(DRAIN, spec.stop.grace * 1000));
      // After that, the replica itself has to end its remaining requests.
      await this.#backends.drained(address, patience).catch(() => {});
    }
    await replica.stop();
    this.replicas.delete(replica);
    this.#changes.emit();
  }
}
