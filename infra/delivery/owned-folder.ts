import { readdirSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { withTemporaryFolder } from '../common/temporary-folder.ts';
import { hashOf } from '../plan/hash.ts';
import { isAlive, ownIdentity } from '../supervisor/identity.ts';
import { machineId } from './history/machine.ts';

/**
 * Gives `use` an empty folder, as `withTemporaryFolder` does. Its name contains the identity of this process, so that the next call
 * removes what a killed process has left.
 *
 * @param prefix the start of the folder's name: `railhead-promote-`
 */
export async function withOwnedFolder<T>(prefix: string, use: (folder: string) => Promise<T>): Promise<T> {
  const { pid, startTime } = ownIdentity();
  removeLeft(prefix);
  return withTemporaryFolder(`${prefix}${machine()}-${pid}-${startTime}-`, use);
}

/** Removes the folders of processes of this machine that have ended. */
function removeLeft(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const [, host, pid, startTime] =
      /^([0-9a-f]{16})-(\d+)-([\w.]+)-\w{6}$/.exec(name.slice(prefix.length)) ?? [];
    if (host !== machine() || startTime === undefined || isAlive({ pid: Number(pid), startTime })) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user, who removes it.
    }
  }
}

function machine(): string {
  return machineId() ?? hashOf(hostname());
}
