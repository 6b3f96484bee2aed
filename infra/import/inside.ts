import { statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** Whether a path relative to the imported folder is in that folder. Import reads and writes nothing else. */
export function isInside(path: string): boolean {
  return !/^(\/|\.\.(\/|$))/.test(posix.normalize(path));
}

/** Whether a path relative to the imported folder is that of a file in it. */
export function isFile(root: string, path: string): boolean {
  return isInside(path) && statSync(join(root, path), { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether a path relative to the imported folder is that of a folder in it, and not of the imported folder itself. */
export function isFolderWithin(root: string, path: string): boolean {
  const isOther = isInside(path) && !/^\.\/?$/.test(posix.normalize(path));
  return isOther && statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() === true;
}
