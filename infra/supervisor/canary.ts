import { isSameAddress } from '../balancer/backends.ts';
import type { Address, Backends } from '../balancer/backends.ts';
import { Split } from '../balancer/split.ts';
import { failureOf, RolloutError } from './replica-set.ts';
import type { ReplicaSet } from './replica-set.ts';
import type { SupervisorContext } from './context.ts';
import { isSameProcess } from './same.ts';
import type { CanaryOrder } from './spec.ts';

/** Milliseconds between two reports of the figures in `status.json`. */
const REPORT = 200;

/** Returns whether a new version shares the requests with the old one first: they start other processes. */
export function needsCanary(old: ReplicaSet | undefined, { spec }: ReplicaSet): old is ReplicaSet {
  return spec.canary !== undefined && old !== undefined && old.runs() && !isSameProcess(old.spec, spec);
}

interface Canary {
  old: ReplicaSet;
  coming: ReplicaSet;
  backends: Backends;
  order: () => CanaryOrder | undefined;
}

/**
 * Gives the new version the share of the requests that a command orders, until the command ends the canary. Without an
 * order nothing changes: if the command is killed, the weight stays. Throws RolloutError if the new version must go back
 * or one of its replicas has ended for good, and the abort reason of `signal`. When `signal` aborts, the canary is over at
 * once: the next status is that of another rollout, whose command must not see this canary.
 */
export async function divide(
  { old, coming, backends, order }: Canary,
  { changes, log }: SupervisorContext,
  signal: AbortSignal,
): Promise<void> {
  const split = new Split();
  const isCanary = (address: Address) =>
    coming.replicas.some((replica) => isSameAddress(replica.address, address));
  const obey = () => {
    const lost = coming.replicas.find(({ state }) => state === 'exited');
    if (lost) throw failureOf(lost);
    const { weight = 0, end } = order() ?? {};
    if (end?.passed === false) throw new RolloutError({ reason: end.reason, log: [] });
    if (weight !== split.status().weight) {
      split.set(weight);
      log.write('supervisor', [`the new version gets ${weight} % of the requests`]);
    }
    return end;
  };
  backends.versions = { split, isCanary, oldRuns: () => old.runs() };
  const end = () => (backends.versions = undefined);
  signal.addEventListener('abort', end);
  const report = setInterval(() => changes.emit(), REPORT);
  try {
    await changes.until(obey, signal);
  } finally {
    clearInterval(report);
    signal.removeEventListener('abort', end);
    end();
  }
}
