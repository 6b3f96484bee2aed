import { setTimeout as sleep } from 'node:timers/promises';
import { probeHttp, probeTcp } from '../balancer/probe.ts';
import type { WorkloadSpec } from './spec.ts';

/** `every` and `timeout` in milliseconds; `failures`: failed checks in a row that change the state. */
const START = { every: 150, timeout: 2000 };
const READINESS = { every: 2000, timeout: 2000, failures: 2 };
const LIVENESS = { every: 10_000, timeout: 5000, failures: 3 };
const NO_CHECK = 1000;

export interface HealthEvents {
  ready(): void;
  /** Called with the failed check, during the start and later. */
  unready(check: string): void;
  /** Called when the liveness check has failed: the process must be replaced. */
  dead(check: string): void;
}

/**
 * Checks one process until `signal` aborts. Reports every failed check while the process starts, and only changes
 * later. `before`: the last state that an earlier supervisor reported for a process that has already started.
 */
export async function watchHealth(
  probes: Probes | undefined,
  events: HealthEvents,
  signal: AbortSignal,
  before?: 'ready' | 'unready',
): Promise<void> {
  if (probes === undefined) {
    await sleep(NO_CHECK, undefined, { signal });
    events.ready();
    return;
  }
  const { readiness, liveness } = probes;
  // A command is both checks, and runs once.
  const first = new Set([...(liveness ? [liveness] : []), readiness]);
  if (!before) await start([...first], events, signal);
  await Promise.all([
    watchReadiness(readiness, events, signal, before === 'unready' ? READINESS.failures : 0),
    ...(liveness ? [watchLiveness(liveness, events, signal)] : []),
  ]);
}

/** Resolves with undefined if the check passes within `timeout` milliseconds, otherwise with its result. */
export type Probe = (timeout: number) => Promise<string | undefined>;

interface Probes {
  readiness: Probe;
  liveness?: Probe;
}

/** Returns the probes of a replica; undefined if it has no check. `run` returns the probe of a command. */
export function probesOf(
  health: WorkloadSpec['health'],
  address: { host: string; port: number } | undefined,
  run: (command: string | string[]) => Probe,
): Probes | undefined {
  if (typeof health === 'object' && 'command' in health) {
    // Starting a process takes longer than a request: a command gets as long as Docker and Kubernetes give it.
    const probe: Probe = (timeout) => run(health.command)(Math.max(timeout, LIVENESS.timeout));
    return { readiness: probe, liveness: probe };
  }
  if (health === undefined || address === undefined) return undefined;
  const { host, port } = address;
  if (health === 'tcp') return { readiness: (timeout) => probeTcp(host, port, timeout) };
  const http = (path: string): Probe => {
    return (timeout) => probeHttp(host, port, path, timeout);
  };
  return { readiness: http(health.ready), liveness: http(health.path) };
}

/** Waits until all probes pass in one round: a process that liveness would end in 30 s must not take over. */
async function start(probes: Probe[], events: HealthEvents, signal: AbortSignal): Promise<void> {
  for (;;) {
    const failed = (await Promise.all(probes.map((probe) => probe(START.timeout)))).find(
      (check) => check !== undefined,
    );
    signal.throwIfAborted();
    if (failed === undefined) return events.ready();
    events.unready(failed);
    await sleep(START.every, undefined, { signal });
  }
}

async function watchReadiness(
  probe: Probe,
  events: HealthEvents,
  signal: AbortSignal,
  failures: number,
): Promise<void> {
  for (;;) {
    await sleep(READINESS.every, undefined, { signal });
    const failed = await probe(READINESS.timeout);
    signal.throwIfAborted();
    const wasUnready = failures >= READINESS.failures;
    failures = failed === undefined ? 0 : failures + 1;
    if (failed === undefined && wasUnready) events.ready();
    if (failed !== undefined && failures === READINESS.failures) events.unready(failed);
  }
}

async function watchLiveness(probe: Probe, events: HealthEvents, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    await sleep(LIVENESS.every, undefined, { signal });
    const failed = await probe(LIVENESS.timeout);
    signal.throwIfAborted();
    failures = failed === undefined ? 0 : failures + 1;
    if (failed !== undefined && failures === LIVENESS.failures) return events.dead(failed);
  }
}
