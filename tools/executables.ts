import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Folders of the PATH, in its order. */
export function pathFolders(path: string | undefined = process.env['PATH']): string[] {
  return (path ?? '').split(delimiter).filter((folder) => folder !== '');
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Absent or not allowed: not usable either way.
    return false;
  }
}

/** Where a symbolic link leads, if it is an executable file. */
export function resolveExecutable(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  return isExecutable(file) ? realpathSync(file) : undefined;
}
