import { posix } from 'node:path';

/** Whether a path relative to the imported folder is in that folder. Import reads and writes nothing else. */
export function isInside(path: string): boolean {
  return !/^(\/|\.\.(\/|$))/.test(posix.normalize(path));
}
