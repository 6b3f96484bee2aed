import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasEnded, ownerName } from '../common/owner.ts';
import { withTemporaryFolder } from '../common/temporary-folder.ts';

/**
 * Gives `use` an empty folder, as `withTemporaryFolder` does. Its name contains the identity of this process, so that the next call
 * removes what a killed process has left.
 *
 * @param prefix the start of the folder's name: `railhead-promote-`
 */
export async function withOwnedFolder<T>(prefix: string, use: (folder: string) => Promise<T>): Promise<T> {
  removeLeft(prefix);
  return withTemporaryFolder(`${prefix}${ownerName()}-`, use);
}

/** Removes the folders of processes of this machine that have ended. */
function removeLeft(prefix: string): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const owner = /^(.+)-\w{6}$/.exec(name.slice(prefix.length))?.[1];
    if (owner === undefined || !hasEnded(owner)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user, who removes it.
    }
  }
}
