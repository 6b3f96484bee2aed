import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';

/**
 * Creates a folder of a store, if it does not exist. Who may use the store is decided by the mode of its own folder, whatever the
 * umask: each new folder gets the mode of the folder that it is in. A new store is private.
 */
export async function makeFolder(folder: string, store: string): Promise<void> {
  if (folder === store) {
    await mkdir(store, { recursive: true, mode: 0o700 });
    return;
  }
  try {
    await mkdir(folder);
    await chmod(folder, (await stat(dirname(folder))).mode & 0o7777);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeFolder(dirname(folder), store);
    await makeFolder(folder, store);
  }
}
