import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signalProcess, startTimeOf } from '../common/process-identity.ts';
import type { ProcessIdentity } from '../common/process-identity.ts';
import type { WorkloadSpec } from './spec.ts';

const VARIABLE = 'RAILHEAD_WORKLOAD';
const REPLICA = 'RAILWAY_REPLICA_ID';

/** Returns the variable in the environment of all processes of a workload. It marks processes without a record. */
export function workloadMark(folder: string): Record<string, string> {
  return { [VARIABLE]: createHash('sha256').update(folder).digest('hex').slice(0, 16) };
}

/**
 * Ends the processes that an earlier supervisor of this folder left running: stop signal, grace period, SIGKILL.
 * `recorded`: the leaders of their process groups. `kept`: ids of replicas that stay, together with all processes that
 * they have started.
 */
export async function endLeftovers(
  folder: string,
  recorded: readonly ProcessIdentity[] | undefined,
  stop: WorkloadSpec['stop'],
  kept: readonly string[] = [],
): Promise<void> {
  const leaders = (recorded ?? []).filter(isAlive);
  const marked = () => markedProcesses(folder, (replica) => !kept.includes(replica));
  const all = [...leaders, ...marked()];
  for (const { pid } of all) signalProcess(pid, stop.signal);
  const deadline = Date.now() + stop.grace * 1000;
  while (all.some(isAlive) && Date.now() < deadline) await sleep(20);
  for (const { pid } of leaders) signalProcess(-pid, 'SIGKILL');
  // The search is repeated: a process may have started another one while it was stopping.
  for (const { pid } of [...all.filter(isAlive), ...marked()]) signalProcess(pid, 'SIGKILL');
  while (all.some(isAlive)) await sleep(20);
}

/** Kills the processes that a replica has started and that did not end with it. */
export function killRemains(folder: string, replica: string): void {
  for (const { pid } of markedProcesses(folder, (id) => id === replica)) signalProcess(pid, 'SIGKILL');
}

/**
 * Returns the processes that have the mark of this workload and whose replica id satisfies `isMeant`; none on systems
 * without /proc. Some servers (Redis, for example) overwrite their environment and are found through their record only.
 */
function markedProcesses(folder: string, isMeant: (replica: string) => boolean): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const entry = `${VARIABLE}=${workloadMark(folder)[VARIABLE]}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      const variables = environment(name);
      const replica = variables.find((each) => each.startsWith(`${REPLICA}=`));
      return variables.includes(entry) && isMeant(replica?.slice(REPLICA.length + 1) ?? '');
    })
    .flatMap((name) => {
      const startTime = startTimeOf(Number(name));
      return startTime === undefined ? [] : [{ pid: Number(name), startTime }];
    });
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return []; // The process has ended or belongs to another user.
  }
}
