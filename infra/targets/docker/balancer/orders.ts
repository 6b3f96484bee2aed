import { Resolver } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address, Backends } from '../../../balancer/backends.ts';
import { Split, type SplitStatus } from '../../../balancer/split.ts';

/**
 * What a command orders. `hold`: replicas that start from now on get no requests yet. `divide`: the replicas with these
 * DNS names get this percentage of the requests. `finish`: they get all of them, also when the others end. `forget`: they
 * have ended.
 */
export type Order =
  | { kind: 'hold' }
  | { kind: 'divide'; canary: string[]; weight: number }
  | { kind: 'finish' }
  | { kind: 'forget' };

/** What the balancer does. */
export interface OrderStatus {
  /** DNS names of the replicas that are tried out; empty without a canary. */
  canary: string[];
  split?: SplitStatus;
}

/** Milliseconds between two look-ups: a container that was restarted can have another address. */
const every = 500;

/**
 * Asks Docker's DNS directly. `lookup` waits for seconds if a container has ended, and a few waits would block the look-ups
 * of all replicas.
 */
const resolver = new Resolver({ timeout: 2000, tries: 2 });

/** Divides the requests between two versions, as commands order. Forgets the orders when only one version is left. */
export class Orders {
  readonly #backends: Backends;
  readonly #ready: () => Address[];
  /** The replicas that served when the others were held back. */
  #held: Set<string> | undefined;
  #canary: { names: string[]; hosts: Set<string> } = { names: [], hosts: new Set() };
  #finished = false;

  constructor(backends: Backends, ready: () => Address[]) {
    this.#backends = backends;
    this.#ready = ready;
    void this.#watch();
  }

  async obey(order: Order): Promise<void> {
    switch (order.kind) {
      case 'hold':
        return this.#hold();
      case 'divide':
        this.#canary = { names: order.canary, hosts: await allHostsOf(order.canary) };
        this.#held = undefined;
        this.#finished = false;
        return this.#split().set(order.weight);
      case 'finish':
        this.#finished = true;
        return this.#split().set(100);
      case 'forget':
        return this.#clear();
    }
  }

  status(): OrderStatus {
    const { versions } = this.#backends;
    const isTried = versions !== undefined && !this.#finished;
    return {
      canary: isTried ? this.#canary.names : [],
      ...(versions && { split: versions.split.status() }),
    };
  }

  #hold(): void {
    const serving = this.#ready().filter((address) =>
      this.#backends.versions === undefined ? true : this.#isCanary(address) === this.#finished,
    );
    this.#clear();
    if (serving.length === 0) return;
    this.#held = new Set(serving.map(({ host }) => host));
    this.#split();
  }

  #split(): Split {
    this.#backends.versions ??= { split: new Split(), isCanary: (address) => this.#isCanary(address) };
    return this.#backends.versions.split;
  }

  #isCanary({ host }: Address): boolean {
    return this.#held ? !this.#held.has(host) : this.#canary.hosts.has(host);
  }

  async #watch(): Promise<void> {
    for (;;) {
      await sleep(every);
      if (this.#backends.versions === undefined) continue;
      // An address that is not found now stays known: it must not count as the other version.
      const canary = this.#canary;
      for (const host of await hostsOf(canary.names)) canary.hosts.add(host);
      const isLast = this.#ready().every((address) => this.#isCanary(address));
      if (this.#finished && isLast) this.#clear();
    }
  }

  #clear(): void {
    this.#backends.versions = undefined;
    this.#held = undefined;
    this.#finished = false;
    this.#canary = { names: [], hosts: new Set() };
  }
}

/** Throws if an address is not known: its replica would count as one of the other version. */
async function allHostsOf(names: string[]): Promise<Set<string>> {
  const hosts = await hostsOf(names);
  if (hosts.size < names.length) throw new Error(`no address is known of one of ${names.join(', ')}`);
  return hosts;
}

async function hostsOf(names: string[]): Promise<Set<string>> {
  const found = await Promise.all(names.map((name) => resolver.resolve4(name).catch(() => [])));
  return new Set(found.flat());
}
