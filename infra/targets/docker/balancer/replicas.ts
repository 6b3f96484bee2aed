import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE, type Address, type Ready } from '../../../balancer/backends.ts';
import type { Changes } from '../../../balancer/changes.ts';
import { probeHttp, probeTcp } from '../../../balancer/probe.ts';
import type { BalancerEnvironment } from './environment.ts';
import { lookUp } from './look-up.ts';

/** Milliseconds between two probes, and until a probe fails. A draining replica serves longer than two probes take. */
const every = 500;
const timeout = 2_000;
/** Milliseconds without being listed by Docker's DNS after which a replica counts as ended if its probe times out. */
const unlisted = 2 * timeout;

/** The replicas that a balancer knows. */
export interface Replicas {
  ready: Ready;
  /** Returns whether a replica that `isMember` accepts runs, or did a moment ago: one that restarts has no address meanwhile. */
  runs(isMember: (address: Address) => boolean): boolean;
}

interface Watched {
  name: string;
  port: number;
  health: BalancerEnvironment['health'];
}

/**
 * Probes the replicas. Docker's DNS lists every running container, ready or not, so each is probed separately, and one that
 * hangs does not delay the others. If the probes of all replicas of a version time out, they are overloaded: those that were
 * ready before stay in use, because otherwise no request of this version would be served. If Docker's DNS does not answer, the
 * replicas that it listed last are probed for PATIENCE.
 */
export function watchReplicas(
  { name, port, health }: Watched,
  changes: Changes,
  log: (msg: string, fields: object) => void,
  resolve = lookUp,
): Replicas {
  const known = new Map<string, 'ready' | 'slow'>();
  const asked = new Set<string>();
  /** The time at which Docker's DNS last listed each address. */
  const seen = new Map<string, number>();

  async function probe(host: string): Promise<void> {
    asked.add(host);
    const start = performance.now();
    const failed = await check(host);
    asked.delete(host);
    if (failed === undefined) set(host, 'ready');
    else set(host, isOverloaded(host, start) ? 'slow' : undefined, failed);
  }

  /** Returns whether a probe timed out that began at `start`, unless the container has ended: then Docker's DNS does not list it. */
  function isOverloaded(host: string, start: number): boolean {
    const now = performance.now();
    return known.has(host) && now - start >= timeout && now - (seen.get(host) ?? -Infinity) < unlisted;
  }

  /** Checks readiness. A replica that is not in use yet must also pass the liveness check. */
  async function check(host: string): Promise<string | undefined> {
    if (health === undefined) return probeTcp(host, port, timeout);
    const http = (path: string) => probeHttp(host, port, path, timeout);
    const [unready, dead] = await Promise.all([
      http(health.ready),
      known.has(host) ? undefined : http(health.path),
    ]);
    return unready ?? dead;
  }

  function set(host: string, state: 'ready' | 'slow' | undefined, check?: string): void {
    if (known.get(host) === state) return;
    if (state === undefined) known.delete(host);
    else known.set(host, state);
    all = inUse(() => true);
    log(state === 'ready' ? 'replica is ready' : 'replica is not ready', { host, check });
    changes.emit();
  }

  let all: Address[] = [];
  /** The addresses that Docker's DNS listed last. */
  let listed: string[] = [];
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const found = await resolve(name);
    looking = undefined;
    if (!found) return;
    listed = found;
    for (const host of found) seen.set(host, performance.now());
  }

  async function watch(): Promise<void> {
    for (;;) {
      // A look-up that takes longer delays the probes by `every` at most.
      await Promise.race([(looking ??= look()), sleep(every)]);
      const gone = [...seen].filter(([, time]) => performance.now() - time > PATIENCE);
      for (const [host] of gone) seen.delete(host);
      if (gone.length > 0) changes.emit();
      const hosts = listed.filter((host) => seen.has(host));
      for (const host of known.keys())
        if (!hosts.includes(host)) set(host, undefined, "Docker's DNS does not list it");
      for (const host of hosts) if (!asked.has(host)) void probe(host);
      await sleep(every);
    }
  }

  function inUse(isMember: (address: Address) => boolean): Address[] {
    const inState = (wanted: string) =>
      [...known].flatMap(([host, state]) => (state === wanted ? [{ host, port }] : [])).filter(isMember);
    const ready = inState('ready');
    return ready.length > 0 ? ready : inState('slow');
  }

  void watch();
  return {
    ready: (isMember) => (isMember ? inUse(isMember) : all),
    runs: (isMember) => [...seen.keys()].some((host) => isMember({ host, port })),
  };
}
