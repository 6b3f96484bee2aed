import { isSameAddress } from '../balancer/backends.ts';
import type { Address } from '../balancer/backends.ts';
import { Replica } from './replica.ts';
import type { SupervisorContext } from './context.ts';
import { isSameProcess } from './same.ts';
import type { WorkloadFailure, WorkloadSpec } from './spec.ts';

/** Number of replicas that start at the same time, so that a service with many replicas does not overload the machine. */
const WAVE = 3;

/** The error of a failed rollout. `failure` is what `status.json` reports. */
export class RolloutError extends Error {
  override name = 'RolloutError';
  readonly failure: WorkloadFailure;

  constructor(failure: WorkloadFailure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** The replicas of one deployment. */
export class ReplicaSet {
  readonly spec: WorkloadSpec;
  readonly replicas: Replica[];
  readonly #context: SupervisorContext;

  /** `kept`: running replicas that stay. `taken`: ids in use, which new replicas do not get. */
  constructor(spec: WorkloadSpec, kept: Replica[], taken: string[], context: SupervisorContext) {
    this.spec = spec;
    this.#context = context;
    const ids = freeIds(spec.name, spec.replicas - kept.length, taken);
    this.replicas = [...kept, ...ids.map((id) => new Replica(id, spec, context))];
  }

  /**
   * Resolves when all replicas are ready and have settled. Throws RolloutError after the time-out, when a replica has ended for
   * good or has used its `starts`, and the abort reason of `signal`.
   */
  async start(signal: AbortSignal): Promise<void> {
    const timeout = AbortSignal.timeout(this.#patience() * 1000);
    const enough = AbortSignal.any([signal, timeout]);
    const { changes } = this.#context;
    try {
      for (let first = 0; first < this.replicas.length; first += WAVE) {
        const started = this.replicas.slice(0, first + WAVE);
        for (const replica of started) replica.start();
        await changes.until(() => all(started, ({ state }) => state === 'ready'), enough);
      }
      await changes.until(() => all(this.replicas, ({ settled }) => settled), enough);
    } catch (error) {
      if (signal.aborted || !timeout.aborted) throw error;
      throw this.#timedOut();
    }
  }

  /** Returns true if any replica runs or will run again. */
  runs(): boolean {
    return this.replicas.some(({ state }) => state !== 'exited');
  }

  /** Returns the address at which the processes themselves listen; undefined for `listen.mode: balanced`. */
  ownAddress(): Address | undefined {
    const { listen } = this.spec;
    return listen?.mode === 'own' && this.runs() ? { host: listen.host, port: listen.port } : undefined;
  }

  /** Stops the replicas if their processes listen at the address themselves. */
  async stopAt(address: Address): Promise<void> {
    if (!isSameAddress(this.ownAddress(), address)) return;
    await Promise.all(this.replicas.map((replica) => replica.stop()));
  }

  #patience(): number {
    return this.spec.timeout + (this.spec.minReady ?? 0);
  }

  #timedOut(): RolloutError {
    const { minReady = 0, timeout } = this.spec;
    const settled = this.replicas.filter((replica) => replica.settled).length;
    const late = this.replicas.find((replica) => !replica.settled);
    const count = `${settled} of ${this.replicas.length} replicas`;
    const reason =
      minReady === 0
        ? `${count} were ready after ${timeout} s`
        : `${count} stayed ready for ${minReady} s within ${this.#patience()} s`;
    if (late?.ended === undefined) return rolloutError(reason, late);
    return rolloutError(`${reason}; ${late.trouble()}`, late);
  }
}

/** Returns the ready replicas of `old` that `spec` can keep, because both specs start the same process. */
export function kept(old: ReplicaSet | undefined, spec: WorkloadSpec): Replica[] {
  if (!old || !isSameProcess(old.spec, spec)) return [];
  return old.replicas.filter(({ state }) => state === 'ready').slice(0, spec.replicas);
}

/** Returns the replicas of `set` that are not in `other`. */
export function without(set: ReplicaSet | undefined, other: ReplicaSet | undefined): Replica[] {
  return (set?.replicas ?? []).filter((replica) => !other?.replicas.includes(replica));
}

function all(replicas: Replica[], holds: (replica: Replica) => boolean): true | undefined {
  const lost = replicas.find(
    ({ state, failedStarts, spec }) => state === 'exited' || failedStarts >= (spec.starts ?? Infinity),
  );
  if (lost) throw failureOf(lost);
  return replicas.every(holds) || undefined;
}

/** Returns an error that says why a replica is not ready. */
export function failureOf(replica: Replica): RolloutError {
  return rolloutError(replica.trouble(), replica);
}

function rolloutError(reason: string, replica: Replica | undefined): RolloutError {
  const hint = replica?.hint();
  return new RolloutError({
    reason,
    ...(replica?.check !== undefined && { check: replica.check }),
    ...(hint !== undefined && { hint }),
    log: [...(replica?.tail ?? [])],
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
