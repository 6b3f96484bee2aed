import { Backends, isSameAddress, keyOf } from '../balancer/backends.ts';
import type { Address } from '../balancer/backends.ts';
import type { SplitStatus } from '../balancer/split.ts';
import { claimError, isFree } from './claim.ts';
import { divide, needsCanary } from './canary.ts';
import { openFront, reopenFront } from './front.ts';
import { speaksHttpOf } from './speaks-http.ts';
import type { Front } from './front.ts';
import { heldByNeighbour, newOwner, takeAddress } from './handover.ts';
import { isSameWorkload } from './same.ts';
import { Leaving } from './leaving.ts';
import { failureOf, kept, ReplicaSet, without } from './replica-set.ts';
import type { SupervisorContext } from './replica.ts';
import { writeServing } from './files.ts';
import { Replica } from './replica.ts';
import type { CanaryOrder, ReplicaStatus, WorkloadFailure, WorkloadSpec } from './spec.ts';

/** A workload that runs all the time: its serving replicas, the new replicas of a rollout, and draining replicas. */
export class Service {
  readonly #context: SupervisorContext;
  readonly #backends: Backends;
  readonly #leaving: Leaving;
  /** Fronts that accept no new connections. */
  readonly #closing = new Set<Front>();
  #serving: ReplicaSet | undefined;
  #coming: ReplicaSet | undefined;
  #front: Front | undefined;
  #comingFront: Front | undefined;

  constructor(context: SupervisorContext) {
    this.#context = context;
    this.#backends = new Backends(() => this.#reachable(), context.changes);
    this.#leaving = new Leaving(this.#backends, context.changes);
  }

  /** Takes over the serving replicas of an earlier supervisor. Throws RolloutError if their address is in use. */
  async adopt(spec: WorkloadSpec, records: ReplicaStatus[], signal: AbortSignal): Promise<void> {
    const replicas = records.map(({ id }) => new Replica(id, spec, this.#context));
    this.#serving = new ReplicaSet(spec, replicas, [], this.#context);
    this.#serving.replicas.forEach((replica, index) => replica.start(records[index]));
    this.#front = await reopenFront(spec, this.#backends, this.#context, signal);
  }

  /**
   * Starts new replicas, switches all traffic to them when they are ready, then drains the old ones. An address of
   * another workload is taken over at the switch, not before; with `homeless` it stays there. A canary first gets the
   * share of the requests that `order` returns. Throws RolloutError if the new replicas do not get ready or the canary
   * fails; the old ones then continue to serve.
   */
  async rollOut(
    spec: WorkloadSpec,
    signal: AbortSignal,
    order: () => CanaryOrder | undefined,
    homeless = false,
  ): Promise<void> {
    const old = this.#serving;
    if (homeless && spec.listen?.mode === 'own') return;
    const same = old && isSameWorkload(old.spec, spec) && this.allReady();
    if (same && (homeless || this.serving() !== undefined)) return; // The requested deployment already serves.
    if (!homeless) await this.#requireObtainable(spec.listen);
    const coming = new ReplicaSet(spec, kept(old, spec), this.#ids(), this.#context);
    const balanced = spec.listen?.mode === 'balanced' && !homeless;
    this.#coming = coming;
    try {
      if (balanced) this.#comingFront = await this.#openNow(spec);
      if (spec.listen?.mode === 'own') await this.#freeAddress(without(old, coming), spec.listen, signal);
      await coming.start(signal);
      const front = this.#comingFront;
      if (front && front === this.#front && needsCanary(old, coming)) {
        await divide({ old, coming, backends: this.#backends, order }, this.#context, signal);
      }
      if (balanced) this.#comingFront ??= await this.#takeOver(spec, signal);
    } catch (error) {
      await this.#giveUp(coming, old);
      throw error;
    } finally {
      this.#coming = undefined;
    }
    if (this.#front !== this.#comingFront) this.#close(this.#front);
    this.#serve(coming);
    this.#front = this.#comingFront;
    this.#comingFront = undefined;
    const closing = [...this.#closing];
    void this.#leaving.retire(without(old, coming)).then(() => this.#destroy(closing));
  }

  /** Stops listening at an address. Balanced replicas continue to run; a process that listens itself is stopped. */
  async release(address: Address): Promise<void> {
    await Promise.all([this.#leave(address), this.#coming?.stopAt(address)]);
  }

  /** Refuses new connections, waits for running requests, then stops all replicas. */
  async stop(): Promise<void> {
    this.#close(this.#front);
    for (const { balancer } of this.#closing) balancer.refuse();
    await this.#leaving.retire(this.#all());
    this.#destroy([...this.#closing]);
    this.#front = undefined;
    this.#serving = undefined;
  }

  /** Returns the addresses at which the workload listens. */
  addresses(): Address[] {
    const fronts = [this.#front, this.#comingFront].flatMap((front) => front?.address ?? []);
    const own = [this.#serving, this.#coming].flatMap((set) => set?.ownAddress() ?? []);
    return [...new Map([...fronts, ...own].map((address) => [keyOf(address), address])).values()];
  }

  replicas(): ReplicaStatus[] {
    return this.#all().map((replica) => replica.status());
  }

  /** Returns the id of the serving deployment; undefined if its replicas have no address or have all ended for good. */
  serving(): string | undefined {
    if (!this.#serving?.runs()) return undefined;
    const { listen, deploymentId } = this.#serving.spec;
    return listen?.mode === 'balanced' && !this.#front ? undefined : deploymentId;
  }

  /** Returns how a canary and the serving version share the requests; undefined without a canary. */
  split(): SplitStatus | undefined {
    return this.#backends.versions?.split.status();
  }

  allReady(): boolean {
    return this.#serving?.replicas.every(({ state }) => state === 'ready') ?? false;
  }

  /** Returns why a serving replica has ended for good. */
  failure(): WorkloadFailure | undefined {
    return this.#failureOf(({ state }) => state === 'exited');
  }

  /** Returns why a serving replica is not ready now. */
  trouble(): WorkloadFailure | undefined {
    return this.#failureOf(({ state }) => state !== 'ready');
  }

  #failureOf(isLost: (replica: Replica) => boolean): WorkloadFailure | undefined {
    const lost = this.#serving?.replicas.find(isLost);
    return lost && failureOf(lost).failure;
  }

  #all(): Replica[] {
    const sets = [this.#serving, this.#coming].flatMap((set) => set?.replicas ?? []);
    return [...new Set([...sets, ...this.#leaving.replicas])];
  }

  #reachable(): Address[] {
    const versions = this.#backends.versions
      ? [this.#serving, this.#coming]
      : [this.#serving ?? this.#coming];
    return versions.flatMap(readyAddresses);
  }

  #ids(): string[] {
    return this.#all().map(({ id }) => id);
  }

  /** Makes `set` the serving replicas. Writes the record first: the next supervisor must not end them as leftovers. */
  #serve(set: ReplicaSet): void {
    writeServing(this.#context.folder, { spec: set.spec, replicas: set.replicas.map(({ id }) => id) });
    this.#serving = set;
  }

  /** Throws RolloutError if the address is in use outside the environment, before any process is stopped or started. */
  async #requireObtainable(listen: Address | undefined): Promise<void> {
    if (!listen || this.addresses().some((own) => isSameAddress(own, listen))) return;
    if (!(await isFree(listen)) && !heldByNeighbour(this.#context.folder, listen)) throw claimError(listen);
  }

  /** Returns the front for this spec, the current one if it fits; undefined if the address is in use. */
  async #openNow(spec: WorkloadSpec): Promise<Front | undefined> {
    const { address, speaksHttp } = this.#front ?? {};
    if (isSameAddress(address, spec.listen) && speaksHttp === speaksHttpOf(spec)) return this.#front;
    return openFront(spec, this.#backends);
  }

  async #takeOver(spec: WorkloadSpec, signal: AbortSignal): Promise<Front | undefined> {
    const { listen } = spec;
    if (listen === undefined) return undefined;
    await this.#leave(listen);
    return takeAddress(this.#context.folder, listen, () => openFront(spec, this.#backends), signal);
  }

  /** Stops the old processes before the new ones start: two processes cannot listen at the same address. */
  async #freeAddress(old: Replica[], listen: Address, signal: AbortSignal): Promise<void> {
    if (old.length === 0 && this.#serving) return; // All replicas are kept.
    await Promise.all([
      this.#leave(listen),
      ...old.filter(({ spec }) => spec.listen?.mode === 'own').map((replica) => replica.stop()),
    ]);
    await takeAddress(this.#context.folder, listen, async () => (await isFree(listen)) || undefined, signal);
  }

  /** Restores the old replicas after a failed rollout, unless another workload has taken their address meanwhile. */
  async #giveUp(coming: ReplicaSet, old: ReplicaSet | undefined): Promise<void> {
    const front = this.#comingFront;
    this.#comingFront = undefined;
    const gone = this.#leaving.retire(without(coming, old));
    const listen = old?.spec.listen;
    const lost = listen && newOwner(this.#context.folder, listen) !== undefined;
    if (lost && listen.mode === 'balanced') this.#front ??= front; // They serve at the address of the new spec.
    if (front !== this.#front) front?.balancer.destroy();
    if (!old || !listen || lost) return;
    if (listen.mode === 'balanced') {
      this.#front ??= await openFront(old.spec, this.#backends);
    } else if (old.replicas.some(({ state }) => state === 'exited')) {
      await gone;
      this.#serve(new ReplicaSet(old.spec, [], this.#ids(), this.#context));
      // Not awaited: the state of the replicas shows the result.
      this.#serving?.start(new AbortController().signal).catch(() => {});
    }
  }

  /** Stops listening at the address, for the serving replicas and for those of a rollout. */
  async #leave(address: Address): Promise<void> {
    if (isSameAddress(this.#comingFront?.address, address)) {
      this.#close(this.#comingFront);
      this.#comingFront = undefined;
    }
    if (isSameAddress(this.#front?.address, address)) {
      this.#close(this.#front);
      this.#front = undefined;
    }
    await this.#serving?.stopAt(address);
  }

  #close(front: Front | undefined): void {
    if (!front) return;
    front.balancer.refuse();
    this.#closing.add(front);
  }

  #destroy(fronts: Front[]): void {
    for (const front of fronts) {
      front.balancer.destroy();
      this.#closing.delete(front);
    }
  }
}

function readyAddresses(set: ReplicaSet | undefined) {
  const replicas = set?.replicas.filter(({ state }) => state === 'ready') ?? [];
  return replicas.flatMap(({ address }) => address ?? []);
}
