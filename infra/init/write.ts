import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Change } from './types.ts';

/** Writes all changes. If one fails, takes back those before it and throws. */
export function writeChanges(root: string, changes: readonly Change[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, before, after } of changes) {
      const file = join(root, path);
      const made = mkdirSync(dirname(file), { recursive: true });
      if (made !== undefined) undo.push(() => removeEmpty(dirname(file), made));
      // A file that has appeared since it was read is not overwritten.
      const descriptor = openSync(file, before === undefined ? 'wx' : 'w');
      undo.push(() => (before === undefined ? rmSync(file) : writeFileSync(file, before)));
      writeFileSync(descriptor, after);
      closeSync(descriptor);
    }
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}

/** Removes the folders that were made, from the innermost one to `top`. */
function removeEmpty(folder: string, top: string): void {
  rmdirSync(folder);
  if (folder !== top) removeEmpty(dirname(folder), top);
}
