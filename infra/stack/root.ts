import { basename, dirname, relative, resolve } from 'node:path';
import { originalPath } from './restored.ts';

/**
 * Returns the parent folder of `stacks/` for a file anywhere below it. Otherwise returns the file's own folder, so
 * that a stack file next to its code works.
 */
export function rootOf(file: string, within?: string): string {
  return rootAbove(originalPath(resolve(file)), within);
}

/** Returns the folder of mounted files: the root, or for a copy of a stack file the folder with the copies of all its files. */
export function filesRootOf(file: string, within?: string): string {
  return rootAbove(resolve(file), within);
}

/** Returns the path of a mounted file, relative to the current folder like that of the stack file. */
export function mountedFilePath(stackFile: string, source: string): string {
  return relative('', resolve(filesRootOf(stackFile), source));
}

function rootAbove(file: string, within = '/'): string {
  const own = dirname(file);
  for (let folder = own; folder !== within && folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === 'stacks') return dirname(folder);
  }
  return own;
}
