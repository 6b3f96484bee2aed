import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Address, Backends } from '../../../balancer/backends.ts';
import { Split, type SplitStatus } from '../../../balancer/split.ts';
import type { OrderMemory } from './kept-orders.ts';
import { lookUp, type LookUp } from './look-up.ts';
import type { Replicas } from './replicas.ts';

/**
 * What a command orders. `hold`: of the running replicas, given by their DNS names, those that served go on serving; the
 * others, and those that start from now on, get no requests yet. `divide`: the replicas with these DNS names get this
 * percentage of the requests. `finish`: they get all of them, also when the others end. `direct`: nothing changes; a command that
 * directs the canary gives this order at each look.
 */
export type Order =
  | { kind: 'hold'; running: string[] }
  | { kind: 'divide'; canary: string[]; weight: number; steps: number[] }
  | { kind: 'direct' }
  | { kind: 'finish' };

/** What the balancer does. */
export interface OrderStatus {
  /** DNS names of the replicas that are tried out; empty without a canary. */
  canary: string[];
  split?: SplitStatus;
  /** The percentages of all steps of the canary. Absent if the balancer is of an older version. */
  steps?: number[];
  /** Milliseconds since a command gave the last order; absent if there was none since the balancer started. */
  directed?: number;
}

/** Milliseconds between two look-ups: a container that was restarted can have another address. */
const every = 500;

/** Replicas of one version: their addresses by DNS name. */
type Group = Map<string, string[]>;

/** Divides the requests between two versions, as commands order. Forgets the orders when only one version is left. */
export class Orders {
  readonly #backends: Backends;
  readonly #replicas: Replicas;
  readonly #memory: OrderMemory;
  readonly #resolve: LookUp;
  /** The replicas that serve while all others are held back. */
  #held: Group | undefined;
  #canary: Group = new Map();
  #finished = false;
  #steps: number[] = [];
  /** Time of the last order, in milliseconds since the start of the process. */
  #directed: number | undefined;

  constructor(backends: Backends, replicas: Replicas, memory: OrderMemory, resolve = lookUp) {
    this.#backends = backends;
    this.#replicas = replicas;
    this.#memory = memory;
    this.#resolve = resolve;
    void this.#watch();
  }

  /** Obeys the orders again that were in force when the container ended. Call it before the first request. */
  async restore(): Promise<void> {
    const kept = this.#memory.read();
    if (kept === undefined) return;
    const { held, canary, weight, finished, steps } = kept;
    this.#canary = await this.#lookUp(canary);
    this.#held = held && (await this.#lookUp(held));
    this.#finished = finished;
    this.#steps = steps;
    this.#split().set(weight);
  }

  async obey(order: Order): Promise<void> {
    this.#directed = performance.now();
    if (order.kind === 'direct') return;
    await this.#change(order);
    this.#keep();
  }

  async #change(order: Exclude<Order, { kind: 'direct' }>): Promise<void> {
    switch (order.kind) {
      case 'hold':
        return this.#hold(order.running);
      case 'divide':
        if (!isDeepStrictEqual([...this.#canary.keys()], order.canary)) {
          this.#canary = await this.#groupOf(order.canary);
        }
        this.#held = undefined;
        this.#finished = false;
        this.#steps = order.steps;
        return this.#split().set(order.weight);
      case 'finish':
        this.#finished = true;
        return this.#split().set(100);
    }
  }

  status(): OrderStatus {
    const { versions } = this.#backends;
    const isTried = versions !== undefined && !this.#finished;
    return {
      canary: isTried ? [...this.#canary.keys()] : [],
      ...(versions && { split: versions.split.status() }),
      steps: this.#steps,
      ...(this.#directed !== undefined && { directed: performance.now() - this.#directed }),
    };
  }

  async #hold(running: string[]): Promise<void> {
    const [held, canary, finished] = [this.#held, this.#canary, this.#finished];
    const served = (name: string) => (held ? held.has(name) : canary.has(name) === finished);
    const serving = running.filter(served);
    // None is left if they were replaced without a canary: then all replicas serve.
    const group = await this.#lookUp(serving.length > 0 ? serving : running);
    this.#clear();
    if (group.size === 0) return;
    this.#held = group;
    this.#split();
  }

  #split(): Split {
    this.#backends.versions ??= {
      split: new Split(),
      isCanary: (address) => this.#isCanary(address),
      oldRuns: () => this.#replicas.runs((address) => !this.#isCanary(address)),
    };
    return this.#backends.versions.split;
  }

  #isCanary({ host }: Address): boolean {
    return this.#held ? !has(this.#held, host) : has(this.#canary, host);
  }

  async #watch(): Promise<void> {
    for (;;) {
      await sleep(every, undefined, { ref: false });
      if (this.#backends.versions === undefined) continue;
      await this.#follow(this.#held ?? this.#canary);
      const isLast = this.#replicas.ready().every((address) => this.#isCanary(address));
      if (!this.#finished || !isLast) continue;
      this.#clear();
      this.#keep();
    }
  }

  #keep(): void {
    const { versions } = this.#backends;
    this.#memory.write(
      versions && {
        ...(this.#held && { held: [...this.#held.keys()] }),
        canary: [...this.#canary.keys()],
        weight: versions.split.status().weight,
        finished: this.#finished,
        steps: this.#steps,
      },
    );
  }

  /** Throws if an address is not known: its replica would count as one of the other version. */
  async #groupOf(names: string[]): Promise<Group> {
    const group = await this.#lookUp(names);
    const unknown = names.filter((name) => group.get(name)?.length === 0);
    if (unknown.length > 0) throw new Error(`no address is known of ${unknown.join(', ')}`);
    return group;
  }

  async #lookUp(names: string[]): Promise<Group> {
    const group: Group = new Map(names.map((name) => [name, []]));
    await this.#follow(group);
    return group;
  }

  /** Looks the addresses up. One that is not found now stays known: it must not count as the other version. */
  async #follow(group: Group): Promise<void> {
    const look = async (name: string) => {
      const hosts = (await this.#resolve(name)) ?? [];
      if (hosts.length > 0) group.set(name, hosts);
    };
    await Promise.all([...group.keys()].map(look));
  }

  #clear(): void {
    this.#backends.versions = undefined;
    this.#held = undefined;
    this.#finished = false;
    this.#canary = new Map();
  }
}

function has(group: Group, host: string): boolean {
  return [...group.values()].some((hosts) => hosts.includes(host));
}
