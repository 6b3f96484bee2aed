import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Lists the source files of a folder, sorted, relative to it: the files that git tracks or would track, except
 * in `.railhead`. Outside a git work tree, lists all files except in `node_modules`, `.git` and `.railhead`.
 */
export async function sourceFiles(folder: string): Promise<string[]> {
  const listed = await gitFiles(folder);
  return (listed ?? (await walk(folder))).filter((path) => existsSync(join(folder, path))).toSorted();
}

/** Lists the files below a folder, sorted, relative to it; none if the folder does not exist. */
export async function allFiles(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await walk(folder)).toSorted() : [];
}

async function gitFiles(folder: string): Promise<string[] | undefined> {
  try {
    const arguments_ = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', '.'];
    const { stdout } = await run('git', arguments_, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    // A pathspec that excludes the folder from the root makes git lose the tracked files of other folders.
    const isOwn = (path: string) => path.split('/').includes('.railhead');
    return [...new Set(stdout.split('\0').filter((path) => path !== '' && !isOwn(path)))];
  } catch {
    // git is not installed, or the folder is not in a work tree.
    return undefined;
  }
}

/** Folders whose files belong to a package manager, to git or to Railhead, not to the source. */
const foreign = ['node_modules', '.git', '.railhead'];

async function walk(folder: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(below, entry.name);
    if (entry.isDirectory()) return foreign.includes(entry.name) ? [] : walk(folder, path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}
