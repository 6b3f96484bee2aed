import { setTimeout as sleep } from 'node:timers/promises';
import { Backends, type Address } from '../../balancer/backends.ts';
import { startBalancer } from '../../balancer/balancer.ts';
import type { Balancer } from '../../balancer/balancer.ts';
import { claimError, requireFree } from './claim.ts';
import { isSameProcess, isSameWorkload } from './same.ts';
import { failureOf, ReplicaSet } from './replica-set.ts';
import type { Surroundings } from './replica.ts';
import { writeServing } from './files.ts';
import { Replica } from './replica.ts';
import type { ReplicaStatus, WorkloadFailure, WorkloadSpec } from './spec.ts';

/** Milliseconds between "no new connections" and the stop signal, for connections that a replica has not accepted yet. */
const PAUSE = 200;
/** Longest wait, in milliseconds, for requests under way before the stop signal; the replica then has its grace on top. */
const DRAIN = 10_000;

/** What listens for a workload; a spec with another key needs another one. */
interface Front {
  key: string;
  balancer: Balancer;
}

/** A workload that runs all the time: the replicas that serve, those of a rollout, and those that are on their way out. */
export class Service {
  readonly #around: Surroundings;
  readonly #backends: Backends;
  readonly #leaving = new Set<Replica>();
  #serving: ReplicaSet | undefined;
  #coming: ReplicaSet | undefined;
  #front: Front | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#backends = new Backends(() => readyAddresses(this.#serving ?? this.#coming), around.changes);
  }

  /** Goes on with what an earlier supervisor has left serving. Throws RolloutError where its address cannot be had. */
  async adopt(spec: WorkloadSpec, records: ReplicaStatus[]): Promise<void> {
    const replicas = records.map(({ id }) => new Replica(id, spec, this.#around));
    this.#serving = new ReplicaSet(spec, replicas, [], this.#around);
    this.#serving.replicas.forEach((replica, index) => replica.start(records[index]));
    this.#front = await this.#open(spec);
  }

  /** The new replicas get ready, then take over at once, then the old ones leave. Throws RolloutError, and the old ones go on serving. */
  async rollOut(spec: WorkloadSpec, signal: AbortSignal): Promise<void> {
    const old = this.#serving;
    if (old && isSameWorkload(old.spec, spec) && this.allReady()) {
      this.#front = await this.#open(spec);
      return; // Back to what still serves.
    }
    const coming = new ReplicaSet(spec, kept(old, spec), this.#ids(), this.#around);
    const front = await this.#open(spec);
    this.#coming = coming;
    try {
      if (spec.listen?.mode === 'own') await this.#freeAddress(without(old, coming), spec.listen);
      await coming.start(signal);
    } catch (error) {
      await this.#giveUp(coming, old, front);
      throw error;
    } finally {
      this.#coming = undefined;
    }
    const oldFront = this.#front === front ? undefined : this.#front;
    this.#serve(coming);
    this.#front = front;
    oldFront?.balancer.refuse();
    void this.#retire(without(old, coming)).then(() => oldFront?.balancer.destroy());
  }

  /** Refuses new connections, lets requests end, stops everything. */
  async stop(): Promise<void> {
    this.#front?.balancer.refuse();
    await this.#retire(this.#all());
    this.#front?.balancer.destroy();
    this.#front = undefined;
    this.#serving = undefined;
  }

  replicas(): ReplicaStatus[] {
    return this.#all().map((replica) => replica.status());
  }

  /** The deployment whose replicas serve. */
  serving(): string | undefined {
    return this.#serving?.spec.deploymentId;
  }

  allReady(): boolean {
    return this.#serving?.replicas.every(({ state }) => state === 'ready') ?? false;
  }

  /** Why a replica that served stays down. */
  failure(): WorkloadFailure | undefined {
    return this.#failureOf(({ state }) => state === 'exited');
  }

  /** Why a replica that serves is not ready now. */
  trouble(): WorkloadFailure | undefined {
    return this.#failureOf(({ state }) => state !== 'ready');
  }

  #failureOf(isLost: (replica: Replica) => boolean): WorkloadFailure | undefined {
    const lost = this.#serving?.replicas.find(isLost);
    return lost && failureOf(lost).failure;
  }

  #all(): Replica[] {
    const sets = [this.#serving, this.#coming].flatMap((set) => set?.replicas ?? []);
    return [...new Set([...sets, ...this.#leaving])];
  }

  #ids(): string[] {
    return this.#all().map(({ id }) => id);
  }

  /** On record before it is true: the next supervisor must not take the new replicas for leftovers. */
  #serve(set: ReplicaSet): void {
    writeServing(this.#around.folder, { spec: set.spec, replicas: set.replicas.map(({ id }) => id) });
    this.#serving = set;
  }

  /** The balancer of this spec: the one that listens already, where the address is the same. */
  async #open({ listen, health }: WorkloadSpec): Promise<Front | undefined> {
    if (listen?.mode !== 'balanced') return undefined;
    const speaksHttp = typeof health === 'object';
    const key = `${listen.host}:${listen.port} ${speaksHttp}`;
    if (this.#front?.key === key) return this.#front;
    try {
      return { key, balancer: await startBalancer(listen, speaksHttp, this.#backends) };
    } catch (error) {
      throw claimError(listen, error as NodeJS.ErrnoException);
    }
  }

  /** A process that listens by itself cannot overlap with its successor. */
  async #freeAddress(old: Replica[], listen: Address): Promise<void> {
    if (old.length === 0 && this.#serving) return; // It goes on as it is.
    // Somebody else's address is no reason to stop what serves.
    if (!old.some(({ spec }) => isSameAddress(spec.listen, listen))) await requireFree(listen);
    await Promise.all(old.map((replica) => replica.stop()));
    await requireFree(listen);
  }

  async #giveUp(coming: ReplicaSet, old: ReplicaSet | undefined, front: Front | undefined): Promise<void> {
    if (front !== this.#front) front?.balancer.destroy();
    const gone = this.#retire(without(coming, old));
    if (old?.spec.listen?.mode !== 'own' || old.replicas.every(({ state }) => state !== 'exited')) return;
    await gone;
    this.#serve(new ReplicaSet(old.spec, [], this.#ids(), this.#around));
    // Not awaited: what comes of it shows in the state of its replicas.
    this.#serving?.start(new AbortController().signal).catch(() => {});
  }

  /** Takes no longer than the requests under way, the stop signal and its grace. */
  async #retire(replicas: Replica[]): Promise<void> {
    await Promise.all(replicas.map((replica) => this.#retireOne(replica)));
  }

  async #retireOne(replica: Replica): Promise<void> {
    this.#leaving.add(replica);
    const { address, spec } = replica;
    if (spec.listen?.mode === 'balanced' && address && replica.state === 'ready') {
      await sleep(PAUSE);
      const patience = AbortSignal.timeout(Math.min(DRAIN, spec.stop.grace * 1000));
      // When patience ends, the replica itself has to end what is left.
      await this.#backends.drained(address, patience).catch(() => {});
    }
    await replica.stop();
    this.#leaving.delete(replica);
    this.#around.changes.emit();
  }
}

/** Replicas that serve already and would be started no differently: only their number or the time-out has changed. */
function kept(old: ReplicaSet | undefined, spec: WorkloadSpec): Replica[] {
  if (!old || !isSameProcess(old.spec, spec)) return [];
  return old.replicas.filter(({ state }) => state === 'ready').slice(0, spec.replicas);
}

function without(set: ReplicaSet | undefined, other: ReplicaSet | undefined): Replica[] {
  return (set?.replicas ?? []).filter((replica) => !other?.replicas.includes(replica));
}

function isSameAddress(one: Address | undefined, other: Address): boolean {
  return one?.host === other.host && one.port === other.port;
}

function readyAddresses(set: ReplicaSet | undefined) {
  const replicas = set?.replicas.filter(({ state }) => state === 'ready') ?? [];
  return replicas.flatMap(({ address }) => address ?? []);
}
