import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Address } from '../../balancer/backends.ts';
import type { Changes } from '../../balancer/changes.ts';
import { probeHttp, probeTcp } from '../../balancer/probe.ts';

/** Milliseconds. A replica that drains goes on for longer than two probes take to notice. */
const every = 500;
const timeout = 2_000;

interface Replicas {
  name: string;
  port: number;
  readyPath: string | undefined;
}

/**
 * The replicas that are ready, as of the last probe. Docker's DNS names every container that runs, so each is asked by
 * itself, and one that hangs keeps nobody waiting.
 */
export function watchReplicas(
  { name, port, readyPath }: Replicas,
  changes: Changes,
  log: (msg: string, fields: object) => void,
): () => Address[] {
  const ready = new Map<string, Address>();
  const asked = new Set<string>();

  async function probe(host: string): Promise<void> {
    asked.add(host);
    const failed = await (readyPath === undefined
      ? probeTcp(host, port, timeout)
      : probeHttp(host, port, readyPath, timeout));
    asked.delete(host);
    set(host, failed);
  }

  function set(host: string, failed: string | undefined): void {
    if (ready.has(host) === (failed === undefined)) return;
    if (failed === undefined) ready.set(host, { host, port });
    else ready.delete(host);
    addresses = [...ready.values()];
    log(failed === undefined ? 'replica is ready' : 'replica is not ready', { host, check: failed });
    changes.emit();
  }

  let addresses: Address[] = [];
  async function watch(): Promise<void> {
    for (;;) {
      const hosts = await hostsOf(name);
      for (const host of ready.keys()) if (!hosts.includes(host)) set(host, 'has gone');
      for (const host of hosts) if (!asked.has(host)) void probe(host);
      await sleep(every);
    }
  }

  void watch();
  return () => addresses;
}

/** None where no container has the name now. */
async function hostsOf(name: string): Promise<string[]> {
  try {
    return (await lookup(name, { all: true, family: 4 })).map(({ address }) => address);
  } catch {
    return [];
  }
}
