import { basename, join } from 'node:path';
import { endUnfinishedCommand, hasUnfinishedCommand } from '../targets/process/plugin/kinds/unfinished.ts';
import { stopWorkload } from '../targets/process/supervisor/control.ts';
import { forgetFailed } from '../targets/process/supervisor/failed.ts';
import { readSpec, readStatus } from '../targets/process/supervisor/files.ts';
import { lockHolders } from '../targets/process/supervisor/lock.ts';
import { workloadFolders } from '../targets/process/supervisor/workloads.ts';

/**
 * Stops what runs below `services` and is in no state, because its run was killed before it wrote that down.
 * Gives the names. `wanted` are no strays for sure; only where there are others, `readState` is called for
 * the names of all resources of the stack.
 */
export async function stopStrays(
  services: string,
  wanted: readonly string[],
  readState: () => Promise<readonly string[]>,
): Promise<string[]> {
  for (const folder of workloadFolders(services)) {
    if (!wanted.includes(basename(folder))) forgetFailed(folder);
  }
  const suspects = runningBelow(services).filter((name) => !wanted.includes(name));
  if (suspects.length === 0) return [];
  const known = await readState();
  const strays = suspects.filter((name) => !known.includes(name));
  const folders = strays.map((name) => join(services, name));
  await Promise.all(folders.map((folder) => endUnfinishedCommand(folder)));
  await Promise.all(folders.map((folder) => stopWorkload(folder)));
  return strays;
}

/** More than what should run: a workload whose stop was cut short has no spec any more. */
function runningBelow(services: string): string[] {
  return workloadFolders(services)
    .filter(
      (folder) =>
        readSpec(folder) !== undefined ||
        readStatus(folder) !== undefined ||
        lockHolders(folder).length > 0 ||
        hasUnfinishedCommand(folder),
    )
    .map((folder) => basename(folder));
}
