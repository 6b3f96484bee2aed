import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

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

/**
 * A pathspec of git that excludes Railhead's own folders, `.railhead`, also where `.gitignore` does not list them. They contain
 * the artifacts of earlier runs, and can contain the state.
 */
export const exceptOwnFolders = ':(exclude,top,glob)**/.railhead/**';

/** Returns the folder of a project with a folder for each environment, whose files only the command with its run lock may use. */
export function runsFolder(root: string): string {
  return join(root, '.railhead', 'runs');
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
