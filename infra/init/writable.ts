import { accessSync, constants, lstatSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Change } from './types.ts';

/** Checks that every change can be written, before the first one is. Throws a UserError that lists all that cannot. */
export function requireWritable(root: string, changes: readonly Change[]): void {
  const problems = changes.flatMap(({ path }) => problemOf(root, join(root, path)) ?? []);
  if (problems.length === 0) return;
  const lines = [...new Set(problems)].map((problem) => `  ${problem}`);
  throw new UserError(['These files cannot be written, so nothing was:', ...lines].join('\n'));
}

function problemOf(root: string, file: string): string | undefined {
  const name = relative(root, file);
  const found = existing(file, lstatSync);
  if (found !== undefined) {
    if (found.isSymbolicLink()) return `${name} is a symbolic link: change its target yourself`;
    if (!found.isFile()) return `${name} is not a file`;
    return canWrite(file) ? undefined : `${name}: no write permission`;
  }
  return folderProblem(root, dirname(file));
}

/** Checks the nearest existing folder, in which the missing ones are made. */
function folderProblem(root: string, folder: string): string | undefined {
  const found = existing(folder, statSync);
  if (found === undefined) return folderProblem(root, dirname(folder));
  const name = relative(root, folder) || root;
  if (!found.isDirectory()) return `${name} is a file, not a folder`;
  return canWrite(folder) ? undefined : `${name}: no write permission`;
}

/** Returns the status of a path; undefined if it, or a folder of it, does not exist. */
function existing(path: string, read: typeof statSync) {
  try {
    return read(path, { throwIfNoEntry: false });
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR') return undefined; // A part of the path is a file.
    throw error;
  }
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
