import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, signalProcess, startTimeOf } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';
import type { WorkloadSpec } from './spec.ts';

const VARIABLE = 'RAILHEAD_WORKLOAD';

/** The variable that every process of a workload carries, so that one which escaped all records is still found. */
export function workloadMark(folder: string): Record<string, string> {
  return { [VARIABLE]: createHash('sha256').update(folder).digest('hex').slice(0, 16) };
}

/** Ends what whoever ran the processes of this folder left running: stop signal, grace, SIGKILL. `recorded`: leaders of their groups. */
export async function endLeftovers(
  folder: string,
  recorded: readonly ProcessIdentity[] | undefined,
  stop: WorkloadSpec['stop'],
): Promise<void> {
  const leaders = (recorded ?? []).filter(isAlive);
  const all = [...leaders, ...markedProcesses(folder)];
  for (const { pid } of all) signalProcess(pid, stop.signal);
  const deadline = Date.now() + stop.grace * 1000;
  while (all.some(isAlive) && Date.now() < deadline) await sleep(20);
  for (const { pid } of leaders) signalProcess(-pid, 'SIGKILL');
  // Looked for again: a process may have started another while it was stopping.
  for (const { pid } of [...all.filter(isAlive), ...markedProcesses(folder)]) signalProcess(pid, 'SIGKILL');
  while (all.some(isAlive)) await sleep(20);
}

/** Where there is no /proc, the recorded processes have to do. Some servers, Redis among them, overwrite their environment. */
function markedProcesses(folder: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const entry = `${VARIABLE}=${workloadMark(folder)[VARIABLE]}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && environment(name).includes(entry))
    .flatMap((name) => {
      const startTime = startTimeOf(Number(name));
      return startTime === undefined ? [] : [{ pid: Number(name), startTime }];
    });
}

function environment(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return []; // Ended, or somebody else's.
  }
}
