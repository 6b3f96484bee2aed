import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Changes } from './changes.ts';
import type { Split } from './split.ts';

/** Milliseconds that a connection or request waits for a replica. */
export const PATIENCE = 10_000;
/** Milliseconds before the replicas are tried again after all of them have refused. */
const RETRY = 50;

export interface Address {
  host: string;
  port: number;
}

/** Returns the address of a replica's further port; undefined if it has none now. */
export type AddressOf = (replica: Address) => Address | undefined;

/** Two versions that serve at the same time. */
export interface Versions {
  split: Split;
  isCanary: (address: Address) => boolean;
  /** Returns whether any replica of the old version still runs, ready or not. */
  oldRuns: () => boolean;
}

/** The way of one request or connection to a replica. */
export class Attempt {
  /** The replicas that have refused it. */
  readonly tried = new Set<string>();
  /** The version that its turn has given it to. It stays while the request waits, or the canary would get more than its share. */
  version: 'canary' | 'stable' | undefined;
}

/**
 * Returns the replicas that can get requests. With `isMember`, it decides this for the replicas that `isMember` accepts, and can also
 * return others.
 */
export type Ready = (isMember?: (address: Address) => boolean) => Address[];

/** The ready replicas of a workload, with the number of requests and tunnels of each. */
export class Backends {
  /** Set while a new version gets only a share of the requests. */
  versions: Versions | undefined;
  readonly #ready: Ready;
  readonly #changes: Changes;
  readonly #load = new Map<string, { requests: number; tunnels: number }>();
  /** Emits when a replica has no more requests. Separate from `#changes`, since it emits with almost every request. */
  readonly #idle = new Changes();
  /** The connections that no replica has accepted yet. */
  readonly #connecting = new Map<Socket, Address>();
  #turn = 0;

  constructor(ready: Ready, changes: Changes) {
    this.#ready = ready;
    this.#changes = changes;
    changes.subscribe(() => this.#abandon(this.#connecting));
  }

  /** Returns the least busy ready replica that has not refused. Equally busy replicas are returned in turn. */
  readyOne(attempt: Attempt): Address | undefined {
    const { tried } = attempt;
    if (!this.versions) return this.#leastBusy(this.#ready(), tried);
    const { split, isCanary, oldRuns } = this.versions;
    attempt.version ??= split.next();
    // A request that a replica has refused goes to the old version.
    if (tried.size > 0) attempt.version = 'stable';
    if (attempt.version === 'canary') {
      const canary = this.#leastBusy(this.#readyOf(isCanary), tried);
      if (canary) return canary;
    }
    const old = this.#readyOf((address) => !isCanary(address));
    if (old.length > 0) return this.#leastBusy(old, tried);
    // The share of a canary stays its share, even if the old version does not answer the rest.
    if (oldRuns() && !split.isWhole()) return undefined;
    return this.#leastBusy(this.#readyOf(isCanary), tried);
  }

  #readyOf(isMember: (address: Address) => boolean): Address[] {
    return this.#ready(isMember).filter(isMember);
  }

  /** Counts the answer of a replica. `latency`: milliseconds until its head; undefined if there was none. */
  answered(address: Address, latency: number | undefined, failed: boolean): void {
    if (!this.versions) return;
    const { split, isCanary } = this.versions;
    split.count(isCanary(address) ? 'canary' : 'stable', latency, failed);
  }

  #leastBusy(ready: Address[], tried: Set<string>): Address | undefined {
    const turn = this.#turn++;
    let best: Address | undefined;
    for (let index = 0; index < ready.length; index++) {
      const address = ready[(index + turn) % ready.length];
      if (!address || tried.has(keyOf(address))) continue;
      if (!best || this.#busy(address) < this.#busy(best)) best = address;
    }
    return best;
  }

  /** Waits for a ready replica; pauses and considers all again if any have refused. Rejects when `signal` aborts. */
  async pick(attempt: Attempt, signal: AbortSignal): Promise<Address> {
    if (attempt.tried.size > 0) {
      attempt.tried.clear();
      await sleep(RETRY, undefined, { signal });
    }
    return this.#changes.until(() => this.readyOne(attempt), signal);
  }

  /**
   * Connects to a ready replica, by default at the address by which it is known; tries the others if one refuses. Rejects when
   * `signal` aborts or after PATIENCE.
   */
  async connect(
    signal: AbortSignal,
    addressOf: AddressOf = (replica) => replica,
  ): Promise<{ socket: Socket; backend: Address }> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    for (const attempt = new Attempt(); ;) {
      const backend = this.readyOne(attempt) ?? (await this.pick(attempt, patience));
      const address = addressOf(backend);
      if (!address) {
        attempt.tried.add(keyOf(backend));
        continue;
      }
      const socket = connect({ ...address, noDelay: true, allowHalfOpen: true });
      this.abandonOnceUnready(backend, socket);
      try {
        await once(socket, 'connect', { signal: patience });
        return { socket, backend };
      } catch {
        socket.destroy();
        patience.throwIfAborted();
        attempt.tried.add(keyOf(backend));
      }
    }
  }

  /**
   * Destroys `socket` as soon as `backend` is not ready any more, unless it is connected by then. A container that has ended does
   * not refuse connections: nothing answers at its address.
   */
  abandonOnceUnready(backend: Address, socket: Socket): void {
    this.#connecting.set(socket, backend);
    const forget = () => this.#connecting.delete(socket);
    socket.once('connect', forget);
    socket.once('close', forget);
    this.#abandon(new Map([[socket, backend]]));
  }

  #abandon(connecting: Map<Socket, Address>): void {
    if (connecting.size === 0) return;
    const { isCanary } = this.versions ?? {};
    const ready = isCanary
      ? [...this.#readyOf(isCanary), ...this.#readyOf((address) => !isCanary(address))]
      : this.#ready();
    const keys = new Set(ready.map(keyOf));
    for (const [socket, backend] of connecting) {
      if (!keys.has(keyOf(backend))) socket.destroy(new Error('The replica is not ready any more.'));
    }
  }

  /** Counts a request or a tunnel (a connection that is forwarded unparsed) until the returned function is called. */
  begin(kind: 'requests' | 'tunnels', address: Address): () => void {
    const key = keyOf(address);
    const load = this.#load.get(key) ?? { requests: 0, tunnels: 0 };
    this.#load.set(key, load);
    load[kind]++;
    return () => {
      load[kind]--;
      if (load.requests + load.tunnels === 0) this.#load.delete(key);
      if (kind === 'requests' && load.requests === 0) this.#idle.emit();
    };
  }

  /** Resolves when a replica has answered all its requests; rejects when `signal` aborts. */
  async drained(address: Address, signal: AbortSignal): Promise<void> {
    await this.#idle.until(() => !this.#load.get(keyOf(address))?.requests || undefined, signal);
  }

  #busy(address: Address): number {
    const load = this.#load.get(keyOf(address));
    return load ? load.requests + load.tunnels : 0;
  }
}

/** Returns a key that identifies one run of a replica, which has its own port or, in a container, its own host. */
export function keyOf({ host, port }: Address): string {
  return `${host}:${port}`;
}

export function isSameAddress(one: Address | undefined, other: Address | undefined): boolean {
  return one !== undefined && other !== undefined && keyOf(one) === keyOf(other);
}
