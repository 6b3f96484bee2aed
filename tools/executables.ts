import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Returns the folders of the PATH, in order. */
export function pathFolders(path: string | undefined = process.env['PATH']): string[] {
  return (path ?? '').split(delimiter).filter((folder) => folder !== '');
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Missing, or without permission.
    return false;
  }
}

/** Returns the real path of an executable file, or undefined if there is none. */
export function resolveExecutable(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  return isExecutable(file) ? realpathSync(file) : undefined;
}
