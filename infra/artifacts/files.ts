import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Files of a folder that belong to the source: what git tracks or would track. Outside a git work tree
 * everything but `node_modules` and `.git`. Paths are relative to the folder, sorted.
 */
export async function sourceFiles(folder: string): Promise<string[]> {
  const listed = await gitFiles(folder);
  return (listed ?? (await walk(folder))).filter((path) => existsSync(join(folder, path))).toSorted();
}

/** Every file below a folder, relative to it, sorted; none when the folder does not exist. */
export async function allFiles(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await walk(folder)).toSorted() : [];
}

async function gitFiles(folder: string): Promise<string[] | undefined> {
  try {
    const arguments_ = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', '.'];
    const { stdout } = await run('git', arguments_, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    return [...new Set(stdout.split('\0').filter((path) => path !== ''))];
  } catch {
    // No git, or not a work tree: the caller walks instead.
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
