import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Runs `action` as if the folder were the current one. */
export function inFolder<T>(folder: string, action: () => T): T {
  const current = process.cwd();
  process.chdir(folder);
  try {
    return action();
  } finally {
    process.chdir(current);
  }
}

/** Creates the folder and its missing parents with a mode that lets every user pass through. */
export function makePassableFolder(folder: string): void {
  if (existsSync(folder)) return;
  makePassableFolder(dirname(folder));
  makeFolder(folder, 0o711);
}

/** Creates the folder and its parents. The folder itself gets exactly `mode`, regardless of the umask. */
export function makeFolder(folder: string, mode: number): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
}
