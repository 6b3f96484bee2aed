import { setTimeout as sleep } from 'node:timers/promises';
import { probeHttp, probeTcp } from '../../balancer/probe.ts';
import type { WorkloadSpec } from './spec.ts';

/** All in milliseconds, or how often in a row. */
const START = { every: 150, timeout: 2000 };
const READINESS = { every: 2000, timeout: 2000, failures: 2 };
const LIVENESS = { every: 10_000, timeout: 5000, failures: 3 };
const NO_CHECK = 1000;

export interface HealthEvents {
  ready(): void;
  /** The check that failed, while starting and later. */
  unready(check: string): void;
  /** Liveness failed: the process must be replaced. */
  dead(check: string): void;
}

/** Checks one process until `signal` aborts; reports only what changes, but every failed check while it starts. */
export async function watchHealth(
  health: WorkloadSpec['health'],
  address: { host: string; port: number } | undefined,
  events: HealthEvents,
  signal: AbortSignal,
): Promise<void> {
  if (health === undefined || address === undefined) {
    await sleep(NO_CHECK, undefined, { signal });
    events.ready();
    return;
  }
  const { host, port } = address;
  const readiness = (timeout: number) =>
    health === 'tcp' ? probeTcp(host, port, timeout) : probeHttp(host, port, health.ready, timeout);
  await start(() => readiness(START.timeout), events, signal);
  const watches = [watchReadiness(() => readiness(READINESS.timeout), events, signal)];
  if (health !== 'tcp') {
    watches.push(watchLiveness(() => probeHttp(host, port, health.path, LIVENESS.timeout), events, signal));
  }
  await Promise.all(watches);
}

type Probe = () => Promise<string | undefined>;

async function start(probe: Probe, events: HealthEvents, signal: AbortSignal): Promise<void> {
  for (;;) {
    const failed = await probe();
    signal.throwIfAborted();
    if (failed === undefined) return events.ready();
    events.unready(failed);
    await sleep(START.every, undefined, { signal });
  }
}

async function watchReadiness(probe: Probe, events: HealthEvents, signal: AbortSignal): Promise<void> {
  for (let failures = 0; ;) {
    await sleep(READINESS.every, undefined, { signal });
    const failed = await probe();
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
    const failed = await probe();
    signal.throwIfAborted();
    failures = failed === undefined ? 0 : failures + 1;
    if (failed !== undefined && failures === LIVENESS.failures) return events.dead(failed);
  }
}
