import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Changes } from './changes.ts';

/** A connection or request waits this long, in milliseconds, for a replica that takes it. */
const PATIENCE = 10_000;
/** Pause before replicas that all refused are tried again. */
const RETRY = 50;

export interface Address {
  host: string;
  port: number;
}

/** The ready replicas of a workload and how much each has to do. */
export class Backends {
  readonly #ready: () => Address[];
  readonly #changes: Changes;
  /** By port: replicas share a host, and every run of a replica has a port of its own. */
  readonly #load = new Map<number, { requests: number; tunnels: number }>();
  #turn = 0;

  constructor(ready: () => Address[], changes: Changes) {
    this.#ready = ready;
    this.#changes = changes;
  }

  /** The least busy ready replica that is not among `tried`; waits for one. Rejects when `signal` aborts or patience ends. */
  async pick(tried: Set<number>, signal: AbortSignal): Promise<Address> {
    const now = this.#leastBusy(tried);
    if (now) return now;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    if (tried.size > 0) {
      tried.clear();
      await sleep(RETRY, undefined, { signal: patience });
    }
    return this.#changes.until(() => this.#leastBusy(tried), patience);
  }

  /** A connection to a ready replica; one that refuses makes it try the others. Rejects like `pick`. */
  async connect(signal: AbortSignal): Promise<{ socket: Socket; backend: Address }> {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
    for (const tried = new Set<number>(); ;) {
      const backend = await this.pick(tried, patience);
      const socket = connect({ ...backend, noDelay: true, allowHalfOpen: true });
      try {
        await once(socket, 'connect', { signal: patience });
        return { socket, backend };
      } catch {
        socket.destroy();
        patience.throwIfAborted();
        tried.add(backend.port);
      }
    }
  }

  /** Counts a request or a tunnel (a connection whose content is not looked at) until the returned function is called. */
  begin(kind: 'requests' | 'tunnels', { port }: Address): () => void {
    const load = this.#load.get(port) ?? { requests: 0, tunnels: 0 };
    this.#load.set(port, load);
    load[kind]++;
    return () => {
      load[kind]--;
      if (load.requests + load.tunnels === 0) this.#load.delete(port);
      if (load.requests === 0) this.#changes.emit();
    };
  }

  /** Requests that a replica has not finished answering. */
  requests(port: number): number {
    return this.#load.get(port)?.requests ?? 0;
  }

  /** Ties go round. */
  #leastBusy(tried: Set<number>): Address | undefined {
    const ready = this.#ready();
    const turn = this.#turn++;
    const candidates = ready
      .map((_, index) => ready[(index + turn) % ready.length])
      .filter((address) => address !== undefined && !tried.has(address.port));
    return candidates.reduce<Address | undefined>(
      (best, address) => (address && (!best || this.#busy(address) < this.#busy(best)) ? address : best),
      undefined,
    );
  }

  #busy({ port }: Address): number {
    const load = this.#load.get(port);
    return load ? load.requests + load.tunnels : 0;
  }
}
