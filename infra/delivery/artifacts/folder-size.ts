import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../../tools/error-code.ts';

/** Returns the bytes of all files in a folder; 0 if another process deletes it meanwhile. */
export async function folderSize(folder: string): Promise<number> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const found = await Promise.all(files.map(({ parentPath, name }) => lstat(join(parentPath, name))));
    return found.reduce((total, { size }) => total + size, 0);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
