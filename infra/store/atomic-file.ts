import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';

/** Names of unfinished files start with this. Readers skip them. */
export const unfinished = '.unfinished-';

/** Writes a file that does not exist yet, in a folder that exists. Returns false if it exists. Another process sees the whole file or none. */
export async function createFile(file: string, text: string): Promise<boolean> {
  return finish(file, text, async (temporary) => {
    try {
      await link(temporary, file);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return await isLinked(temporary);
      throw noLinks(file, error);
    }
  });
}

/** Writes a file in place of the one that exists, in a folder that exists. Another process sees the old file or the new one. */
export async function replaceFile(file: string, text: string): Promise<void> {
  await finish(file, text, (temporary) => rename(temporary, file));
}

/** Flushes a file or a folder to the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Returns the path of a new file next to `file`, in which it can be written. */
export function unfinishedPath(file: string): string {
  return join(dirname(file), `${unfinished}${randomUUID()}`);
}

async function finish<T>(file: string, text: string, name: (temporary: string) => Promise<T>): Promise<T> {
  const mode = await fileMode(dirname(file));
  const temporary = unfinishedPath(file);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    await handle.chmod(mode);
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    const result = await name(temporary);
    await flush(dirname(file));
    return result;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Returns the mode of a new file: the user, and the group if the folder is open to it, may read and write it. */
async function fileMode(folder: string): Promise<number> {
  return 0o600 | ((await stat(folder)).mode & 0o060);
}

/** A network file system can repeat a request that it has carried out, and report the result of the second one. */
async function isLinked(temporary: string): Promise<boolean> {
  return (await stat(temporary)).nlink > 1;
}

function noLinks(file: string, error: unknown): unknown {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')
    ? new UserError(
        `${dirname(file)} is on a file system without hard links, which a store needs so that two writers cannot overwrite each other. Choose another folder with railhead:store.`,
      )
    : error;
}
