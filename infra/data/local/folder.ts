import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { UserError } from '../../../tools/user-error.ts';
import { makeFolder, makePassableFolder } from '../../common/folders.ts';
import type { SystemUser } from './user.ts';

/** The folder of a server that is being created. */
export interface NewFolder {
  /** Absolute path of the folder, which has another name until it is complete. */
  unfinished: string;
  /** Absolute path of the folder in it for the server's data, which belongs to the server's user. */
  data: string;
}

/**
 * Creates the folder of a server. It exists only once `fill` has ended: an interrupted run leaves a folder with another
 * name, which the next run deletes.
 *
 * @param dataName name of the folder for the server's data
 */
export async function createFolder(
  folder: string,
  dataName: string,
  user: SystemUser | undefined,
  fill: (created: NewFolder) => Promise<void>,
): Promise<void> {
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}-init-`;
  makePassableFolder(parent);
  const abandoned = readdirSync(parent).filter((name) => name.startsWith(prefix));
  for (const name of abandoned) rmSync(join(parent, name), { recursive: true });

  const unfinished = join(parent, `${prefix}${process.pid}`);
  const data = join(unfinished, dataName);
  makeFolder(unfinished, 0o711);
  mkdirSync(data, { mode: 0o700 });
  own(data, user);
  await fill({ unfinished, data });
  renameSync(unfinished, folder);
}

/** Gives a file or folder to the user that runs the server. */
export function own(path: string, user: SystemUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Runs a program that creates the data of a server, as its user. Throws UserError with what the program printed. */
export async function runInitialiser(
  [program = '', ...args]: string[],
  { data, user, input, task }: { data: string; user: SystemUser | undefined; input?: string; task: string },
): Promise<void> {
  const child = spawn(program, args, { cwd: data, stdio: ['pipe', 'ignore', 'pipe'], ...user });
  child.stdin.on('error', () => {}); // The program ended early; its exit code and its output say why.
  child.stdin.end(input);
  const [complaint] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (child.exitCode === 0) return;
  throw new UserError(
    `${basename(program)} could not create ${task} in ${dirname(data)}:\n${complaint.trim()}`,
  );
}

/** Throws UserError if the data belong to another version of the server than the stack file has. */
export function requireVersion(title: string, data: string, found: string, version: string): void {
  if (found === version) return;
  throw new UserError(
    `The data in ${data} belong to ${title} ${found}, but the stack file has version ${version}. ` +
      `Set \`version: "${found}"\` again, or dump the database with ${title} ${found} and restore it into an empty ${title} ${version}.`,
  );
}
