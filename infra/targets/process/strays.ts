import { basename, join } from 'node:path';
import { endUnfinishedCommand, hasUnfinishedCommand } from './kinds/unfinished.ts';
import { stopWorkload } from '../../supervisor/control.ts';
import { forgetFailed } from '../../supervisor/failed.ts';
import { readSpec, readStatus } from '../../supervisor/files.ts';
import { lockHolders } from '../../supervisor/lock.ts';
import { workloadFolders } from '../../supervisor/folders.ts';

/**
 * Stops strays: running services that are not in the state because their `up` was killed before it recorded them.
 * Returns their names.
 *
 * @param services folder with a folder for each service
 * @param wanted names of services that are never strays
 * @param readState returns the names of all resources of the stack; called only if other services run
 */
export async function stopStrays(
  services: string,
  wanted: readonly string[],
  readState: () => Promise<readonly string[]>,
): Promise<string[]> {
  for (const folder of workloadFolders(services)) {
    if (!wanted.includes(ownerOf(basename(folder)))) forgetFailed(folder);
  }
  const suspects = runningBelow(services).filter((name) => !wanted.includes(ownerOf(name)));
  if (suspects.length === 0) return [];
  const known = await readState();
  const strays = suspects.filter((name) => !known.includes(ownerOf(name)));
  const folders = strays.map((name) => join(services, name));
  await Promise.all(folders.map((folder) => endUnfinishedCommand(folder)));
  await Promise.all(folders.map((folder) => stopWorkload(folder)));
  return strays;
}

/** Returns the service that a workload belongs to: a data server may have a second one, whose name has a dot. */
export function ownerOf(workload: string): string {
  return workload.split('.')[0] ?? '';
}

/**
 * Returns the names of services of which anything runs. A workload whose stop was interrupted has no spec any more, so
 * the status, locks and commands count too.
 */
export function runningBelow(services: string): string[] {
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
