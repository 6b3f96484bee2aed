import { Replica } from './replica.ts';
import type { Surroundings } from './replica.ts';
import type { WorkloadFailure, WorkloadSpec } from './spec.ts';

/** Replicas that start at the same time, so that a wide service does not choke the machine. */
const WAVE = 3;

/** A rollout that did not get ready, as `status.json` tells it. */
export class RolloutError extends Error {
  override name = 'RolloutError';
  readonly failure: WorkloadFailure;

  constructor(failure: WorkloadFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** All replicas of one deployment. */
export class ReplicaSet {
  readonly spec: WorkloadSpec;
  readonly replicas: Replica[];
  readonly #around: Surroundings;

  /** `kept`: replicas that run already and stay; `taken`: ids in use, the new replicas are numbered around them. */
  constructor(spec: WorkloadSpec, kept: Replica[], taken: string[], around: Surroundings) {
    this.spec = spec;
    this.#around = around;
    const ids = freeIds(spec.name, spec.replicas - kept.length, taken);
    this.replicas = [...kept, ...ids.map((id) => new Replica(id, spec, around))];
  }

  /** Resolves when all replicas are ready; throws RolloutError after `timeout` or when one stays down, and whatever `signal` aborts with. */
  async start(signal: AbortSignal): Promise<void> {
    const timeout = AbortSignal.timeout(this.spec.timeout * 1000);
    try {
      for (let first = 0; first < this.replicas.length; first += WAVE) {
        const started = this.replicas.slice(0, first + WAVE);
        for (const replica of started) replica.start();
        await this.#around.changes.until(() => allReady(started), AbortSignal.any([signal, timeout]));
      }
    } catch (error) {
      if (signal.aborted || !timeout.aborted) throw error;
      throw this.#timedOut();
    }
  }

  #timedOut(): RolloutError {
    const ready = this.replicas.filter(({ state }) => state === 'ready').length;
    const late = this.replicas.find(({ state }) => state !== 'ready') ?? this.replicas[0];
    return new RolloutError({
      reason: `${ready} of ${this.replicas.length} replicas were ready after ${this.spec.timeout} s`,
      ...(late?.check !== undefined && { check: late.check }),
      log: late?.tail ?? [],
    });
  }
}

function allReady(replicas: Replica[]): true | undefined {
  const lost = replicas.find(({ state }) => state === 'exited');
  if (lost) throw failureOf(lost);
  return replicas.every(({ state }) => state === 'ready') || undefined;
}

export function failureOf(replica: Replica): RolloutError {
  return new RolloutError({
    reason: replica.failure ?? `${replica.id} has stopped`,
    ...(replica.check !== undefined && { check: replica.check }),
    log: [...replica.tail],
  });
}

function freeIds(name: string, count: number, taken: string[]): string[] {
  const ids: string[] = [];
  for (let number = 1; ids.length < count; number++) {
    const id = `${name}-${number}`;
    if (!taken.includes(id)) ids.push(id);
  }
  return ids;
}
