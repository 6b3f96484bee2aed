import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PATIENCE, type Address, type Ready } from '../../../balancer/backends.ts';
import type { Changes } from '../../../balancer/changes.ts';
import { probeHttp, probeTcp } from '../../../balancer/probe.ts';
import type { BalancerEnvironment } from './environment.ts';

/** Milliseconds between two probes, and until a probe fails. A draining replica serves longer than two probes take. */
const every = 500;
const timeout = 2_000;

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
 * Probes the replicas. Docker's DNS lists every running container,
 * ready or not, so each is probed separately, and one that hangs does not delay the others. If the probes of all
 * replicas of a version time out, they are overloaded: those that were ready before stay in use, because otherwise no request
 * of this version would be served.
 */
export function watchReplicas(
  { name, port, health }: Watched,
  changes: Changes,
  log: (msg: string, fields: object) => void,
): Replicas {
  const known = new Map<string, 'ready' | 'slow'>();
  const asked = new Set<string>();
  /** The time at which each address was last seen. */
  const seen = new Map<string, number>();

  async function probe(host: string): Promise<void> {
    asked.add(host);
    const start = performance.now();
    const failed = await check(host);
    asked.delete(host);
    if (failed === undefined) set(host, 'ready');
    else set(host, known.has(host) && performance.now() - start >= timeout ? 'slow' : undefined, failed);
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
  async function watch(): Promise<void> {
    for (;;) {
      const hosts = await hostsOf(name);
      const now = performance.now();
      for (const host of hosts) seen.set(host, now);
      const gone = [...seen].filter(([, time]) => now - time > PATIENCE);
      for (const [host] of gone) seen.delete(host);
      if (gone.length > 0) changes.emit();
      for (const host of known.keys()) if (!hosts.includes(host)) set(host, undefined, 'has gone');
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

/** Returns the addresses of a DNS name; none if no container has the name now. */
async function hostsOf(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true, family: 4 })).map(({ address }) => address);
  } catch {
    return [];
  }
}
