import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Lists the source files of a folder, sorted, relative to it: the files that git tracks or would track. Outside a git
 * work tree, lists all files except in `node_modules` and `.git`.
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
    return [...new Set(stdout.split('\0').filter((path) => path !== ''))];
  } catch {
    // git is not installed, or the folder is not in a work tree.
    return undefined;
  }
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|\.git)\//.test(path));
}
