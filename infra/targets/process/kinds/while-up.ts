import { setTimeout as sleep } from 'node:timers/promises';
import { notReadyError, readWorkload } from '../../../supervisor/control.ts';
import type { WorkloadStatus } from '../../../supervisor/spec.ts';

interface Workload {
  /** The folder of its records. */
  folder: string;
  name: string;
  environment: string;
}

/** Milliseconds between two reads of the status. */
const look = 100;

/**
 * Waits for a step that needs a running workload. Throws UserError with the workload's last lines as soon as its process has
 * ended a second time during the step. A single end does not count, since another program may have killed the process.
 */
export async function whileUp(
  workload: Workload,
  { signal }: { signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const enough = new AbortController();
  const either = AbortSignal.any([signal, enough.signal]);
  try {
    await Promise.race([work(either), endOf(workload, either)]);
  } finally {
    enough.abort();
  }
}

async function endOf({ folder, ...names }: Workload, signal: AbortSignal): Promise<never> {
  const first = restartsOf(readWorkload(folder));
  for (;;) {
    await sleep(look, undefined, { signal });
    const status = readWorkload(folder);
    if (status?.failure !== undefined && restartsOf(status) > first + 1)
      throw notReadyError(names, status, false);
  }
}

function restartsOf(status: WorkloadStatus | undefined): number {
  return (status?.replicas ?? []).reduce((sum, { restarts }) => sum + restarts, 0);
}
