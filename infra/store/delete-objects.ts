import { randomUUID } from 'node:crypto';
import { link, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { StoredContent } from './store.ts';
import { codeOf } from '../../tools/error-code.ts';

/** The names of files that are about to be deleted: `.deleted-<uuid>-<name>`. No two processes choose the same. */
const hiddenName = /^\.deleted-[0-9a-f-]{36}-(.+)$/;

/** Returns the file with the signature of a content. */
export function signatureFile(file: string): string {
  return `${file}.sig`;
}

/**
 * Deletes a file with its signature, unless its time is after `since`. Returns whether it was deleted.
 *
 * Another process can set the time at any moment. It does that under the name of the file, so the file loses its name first. Then
 * either this process sees the new time and gives the name back, or the other process misses the file and writes it again.
 */
export async function deleteFile(file: string, since: Date): Promise<boolean> {
  const hidden = join(dirname(file), `.deleted-${randomUUID()}-${basename(file)}`);
  try {
    await rename(file, hidden);
    if ((await stat(hidden)).mtime <= since) {
      await rm(hidden);
      await rm(signatureFile(file), { force: true });
      return true;
    }
    await giveBack(hidden, file);
  } catch (error) {
    // Another process has deleted it, or given it back.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return false;
}

/** Lists the contents in a folder. Gives those back that a killed process was about to delete. */
export async function listContents(folder: string): Promise<{ contents: StoredContent[]; others: number }> {
  for (const name of await namesIn(folder)) {
    const file = hiddenName.exec(name)?.[1];
    if (file !== undefined) await giveBack(join(folder, name), join(folder, file));
  }
  const names = (await namesIn(folder)).filter((name) => !/^[0-9a-f]{64}\.tar\.sig$/.test(name));
  const found = await Promise.all(names.map((name) => contentIn(folder, name)));
  const contents = found.filter((content) => content !== undefined);
  return {
    contents: contents.toSorted((one, two) => (one.digest < two.digest ? -1 : 1)),
    others: names.length - contents.length,
  };
}

async function giveBack(hidden: string, file: string): Promise<void> {
  await link(hidden, file).catch((error: unknown) => {
    // It was put again, or given back by another process.
    if (!['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
  });
  await rm(hidden, { force: true });
}

async function contentIn(folder: string, name: string): Promise<StoredContent | undefined> {
  const hex = /^([0-9a-f]{64})\.tar$/.exec(name)?.[1];
  if (hex === undefined) return undefined;
  try {
    const status = await stat(join(folder, name));
    return status.isFile() ? { digest: `sha256:${hex}`, size: status.size, put: status.mtime } : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
