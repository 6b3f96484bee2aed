import { isSameAddress } from '../balancer/backends.ts';
import type { Address, Backends, AddressOf } from '../balancer/backends.ts';
import { listenersOf, type Wanted } from './addresses.ts';
import { isFrontOf, openFront, reopenFront } from './front.ts';
import type { Front } from './front.ts';
import { newOwner, takeAddress } from './handover.ts';
import type { SupervisorContext } from './context.ts';
import type { WorkloadSpec } from './spec.ts';

/** The listeners of a workload: the current ones, those of a rollout, and those that accept no new connections. */
export class Fronts {
  readonly #context: SupervisorContext;
  readonly #backends: Backends;
  readonly #addressOf: (variable: string) => AddressOf;
  readonly #closing = new Set<Front>();
  #current: Front[] = [];
  #coming: Front[] = [];

  /** @param addressOf returns, for the variable of a further port, the address of a replica at that port */
  constructor(context: SupervisorContext, backends: Backends, addressOf: (variable: string) => AddressOf) {
    this.#context = context;
    this.#backends = backends;
    this.#addressOf = addressOf;
  }

  /** Returns the addresses at which the workload listens. */
  addresses(): Address[] {
    return [...this.#current, ...this.#coming].map(({ address }) => address);
  }

  /** Whether the workload listens at its main address, by which its replicas serve. */
  hasMain(): boolean {
    return mainOf(this.#current) !== undefined;
  }

  /** Whether a rollout goes on at the same main address. */
  keepsMain(): boolean {
    return this.hasMain() && mainOf(this.#current) === mainOf(this.#coming);
  }

  /** Whether the workload listens as it is wanted. */
  listens(wanted: Wanted[]): boolean {
    return wanted.every((one) => this.#current.some((front) => isFrontOf(front, one)));
  }

  /** Opens the fronts of adopted replicas, except for those that belong to another workload now. See `reopenFront`. */
  async adopt(spec: WorkloadSpec, signal: AbortSignal): Promise<void> {
    for (const wanted of listenersOf(spec)) {
      const front = await reopenFront(wanted, () => this.#open(wanted), this.#context, signal);
      if (front) this.#current.push(front);
    }
  }

  /** Opens the fronts of a rollout, except for those whose address is in use. A current front stays if it fits. */
  async begin(wanted: Wanted[]): Promise<void> {
    for (const one of wanted) {
      const front = this.#current.find((front) => isFrontOf(front, one)) ?? (await this.#open(one));
      if (front) this.#coming.push(front);
    }
  }

  /**
   * Opens the fronts of a rollout that are still missing. Before each one, calls `leave`, which makes this workload stop
   * listening at the address. Throws RolloutError, and the abort reason of `signal`.
   */
  async takeOver(
    wanted: Wanted[],
    leave: (address: Address) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    for (const one of wanted) {
      if (this.#coming.some((front) => isFrontOf(front, one))) continue;
      await leave(one.address);
      const front = await takeAddress(this.#context.folder, one.address, () => this.#open(one), signal);
      this.#coming.push(front); // Read after the wait, during which `leave` can replace the list.
    }
  }

  /** Makes the fronts of a rollout the current ones. */
  switchOver(): void {
    this.#close(this.#current.filter((front) => !this.#coming.includes(front)));
    this.#current = this.#coming;
    this.#coming = [];
  }

  /** Closes the fronts of a failed rollout. With `keepMain`, its main front stays if the old replicas have none. */
  giveUp(keepMain: boolean): void {
    const fronts = this.#coming;
    this.#coming = [];
    const main = mainOf(fronts);
    if (keepMain && main && !this.hasMain()) this.#current.push(main);
    for (const front of fronts) if (!this.#current.includes(front)) front.balancer.destroy();
  }

  /** Opens the fronts that a spec has lost in a failed rollout, except for those that belong to another workload now. */
  async reopen(spec: WorkloadSpec): Promise<void> {
    for (const wanted of listenersOf(spec)) {
      const isOpen = this.#current.some(
        ({ variable, isPublished }) => variable === wanted.variable && isPublished === wanted.isPublished,
      );
      if (isOpen || newOwner(this.#context.folder, wanted.address) !== undefined) continue;
      const front = await this.#open(wanted);
      if (front) this.#current.push(front);
    }
  }

  /** Stops listening at the address, for the serving replicas and for those of a rollout. */
  leave(address: Address): void {
    const isThere = (front: Front) => isSameAddress(front.address, address);
    this.#close([...new Set([...this.#coming, ...this.#current])].filter(isThere));
    this.#coming = this.#coming.filter((front) => !isThere(front));
    this.#current = this.#current.filter((front) => !isThere(front));
  }

  /** Refuses new connections at all addresses. */
  refuse(): void {
    this.#close(this.#current);
    this.#current = [];
    for (const { balancer } of this.#closing) balancer.refuse();
  }

  /** Returns the function that ends the connections of the fronts that are closing now. */
  endClosing(): () => void {
    const fronts = [...this.#closing];
    return () => {
      for (const front of fronts) {
        front.balancer.destroy();
        this.#closing.delete(front);
      }
    };
  }

  #open(wanted: Wanted): Promise<Front | undefined> {
    const { variable } = wanted;
    return openFront(wanted, this.#backends, variable === undefined ? undefined : this.#addressOf(variable));
  }

  #close(fronts: Front[]): void {
    for (const front of fronts) {
      front.balancer.refuse();
      this.#closing.add(front);
    }
  }
}

/** Returns the front at the main address, by which replicas are known. */
function mainOf(fronts: Front[]): Front | undefined {
  return fronts.find(({ variable, isPublished }) => variable === undefined && isPublished !== true);
}
