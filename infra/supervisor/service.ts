import { Backends, isSameAddress, keyOf } from '../balancer/backends.ts';
import type { Address, AddressOf } from '../balancer/backends.ts';
import type { SplitStatus } from '../balancer/split.ts';
import { addressesOf, listenersOf } from './addresses.ts';
import { claimError, isFree } from './claim.ts';
import { divide, needsCanary } from './canary.ts';
import { Fronts } from './fronts.ts';
import { heldByNeighbour, newOwner, takeAddress } from './handover.ts';
import { isSameWorkload } from './same.ts';
import { Leaving } from './leaving.ts';
import { failureOf, kept, ReplicaSet, without } from './replica-set.ts';
import type { SupervisorContext } from './context.ts';
import { writeServing } from './files.ts';
import { Replica } from './replica.ts';
import type { CanaryOrder, ReplicaStatus, WorkloadFailure, WorkloadSpec } from './spec.ts';

/** A workload that runs all the time: its serving replicas, the new replicas of a rollout, and draining replicas. */
export class Service {
  readonly #context: SupervisorContext;
  readonly #backends: Backends;
  readonly #leaving: Leaving;
  readonly #fronts: Fronts;
  #serving: ReplicaSet | undefined;
  #coming: ReplicaSet | undefined;

  constructor(context: SupervisorContext) {
    this.#context = context;
    this.#backends = new Backends(() => this.#reachable(), context.changes);
    this.#leaving = new Leaving(this.#backends, context.changes);
    this.#fronts = new Fronts(context, this.#backends, (variable) => this.#addressOf(variable));
  }

  /** Takes over the serving replicas of an earlier supervisor. Throws RolloutError if an address of theirs is in use. */
  async adopt(spec: WorkloadSpec, records: ReplicaStatus[], signal: AbortSignal): Promise<void> {
    const replicas = records.map(({ id }) => new Replica(id, spec, this.#context));
    this.#serving = new ReplicaSet(spec, replicas, [], this.#context);
    this.#serving.replicas.forEach((replica, index) => replica.start(records[index]));
    await this.#fronts.adopt(spec, signal);
  }

  /**
   * Starts new replicas, switches all traffic to them when they are ready, then drains the old ones. An address of
   * another workload is taken over at the switch, not before; with `homeless` those that it has taken stay there. A
   * canary first gets the share of the requests that `order` returns. Throws RolloutError if the new replicas do not get ready
   * or the canary fails; the old ones then continue to serve.
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
    const wanted = listenersOf(spec).filter(
      ({ address }) => !homeless || newOwner(this.#context.folder, address) === undefined,
    );
    // The requested deployment already serves.
    if (same && (homeless || (this.#fronts.listens(wanted) && this.serving() !== undefined))) return;
    if (!homeless) for (const address of addressesOf(spec)) await this.#requireObtainable(address);
    const coming = new ReplicaSet(spec, kept(old, spec), this.#ids(), this.#context);
    this.#coming = coming;
    try {
      await this.#fronts.begin(wanted);
      if (spec.listen?.mode === 'own') await this.#freeAddress(without(old, coming), spec.listen, signal);
      await coming.start(signal);
      if (this.#fronts.keepsMain() && needsCanary(old, coming)) {
        await divide({ old, coming, backends: this.#backends, order }, this.#context, signal);
      }
      await this.#fronts.takeOver(wanted, (address) => this.#leave(address), signal);
    } catch (error) {
      await this.#giveUp(coming, old);
      throw error;
    } finally {
      this.#coming = undefined;
    }
    this.#serve(coming);
    this.#fronts.switchOver();
    void this.#leaving.retire(without(old, coming)).then(this.#fronts.endClosing());
  }

  /** Stops listening at an address. Balanced replicas continue to run; a process that listens itself is stopped. */
  async release(address: Address): Promise<void> {
    await Promise.all([this.#leave(address), this.#coming?.stopAt(address)]);
  }

  /** Refuses new connections, waits for running requests, then stops all replicas. */
  async stop(): Promise<void> {
    this.#fronts.refuse();
    await this.#leaving.retire(this.#all());
    this.#fronts.endClosing()();
    this.#serving = undefined;
  }

  /** Returns the addresses at which the workload listens. */
  addresses(): Address[] {
    const fronts = this.#fronts.addresses();
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
    return listen?.mode === 'balanced' && !this.#fronts.hasMain() ? undefined : deploymentId;
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
  async #requireObtainable(listen: Address): Promise<void> {
    if (this.addresses().some((own) => isSameAddress(own, listen))) return;
    // Asked before and after: meanwhile a neighbour can leave the address or take it.
    const isHeld = () => heldByNeighbour(this.#context.folder, listen);
    if (!isHeld() && !(await isFree(listen)) && !isHeld()) throw claimError(listen);
  }

  #addressOf(variable: string): AddressOf {
    return (address) => {
      const replica = this.#all().find((each) => isSameAddress(each.address, address));
      const port = replica?.ports[variable];
      return port === undefined ? undefined : { host: address.host, port };
    };
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
    const gone = this.#leaving.retire(without(coming, old));
    const listen = old?.spec.listen;
    const lost = listen && newOwner(this.#context.folder, listen) !== undefined;
    // Without their own address, the old replicas serve at that of the new spec.
    this.#fronts.giveUp(lost === true && listen?.mode === 'balanced');
    if (!old || !listen || lost) return;
    if (listen.mode === 'balanced') {
      await this.#fronts.reopen(old.spec);
    } else if (old.replicas.some(({ state }) => state === 'exited')) {
      await gone;
      this.#serve(new ReplicaSet(old.spec, [], this.#ids(), this.#context));
      // Not awaited: the state of the replicas shows the result.
      this.#serving?.start(new AbortController().signal).catch(() => {});
    }
  }

  /** Stops listening at the address, for the serving replicas and for those of a rollout. */
  async #leave(address: Address): Promise<void> {
    this.#fronts.leave(address);
    await this.#serving?.stopAt(address);
  }
}

function readyAddresses(set: ReplicaSet | undefined) {
  const replicas = set?.replicas.filter(({ state }) => state === 'ready') ?? [];
  return replicas.flatMap(({ address }) => address ?? []);
}
