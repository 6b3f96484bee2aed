import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { startedAt } from '../common/process-identity.ts';
import { Busy } from './turn.ts';

/** The lock file that Pulumi writes before it changes a stack. It never expires: the lock of a killed run remains. */
const lockSchema = z.object({
  pid: z.int().positive(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.coerce.date(),
});

type Lock = z.infer<typeof lockSchema>;

/** Tolerance in milliseconds when a lock's timestamp is compared with the start time of a process. */
const tolerance = 2_000;

/**
 * Removes the locks in `folder` if the holders of all of them are proven dead. Returns one line for each removed lock.
 * Throws a UserError and removes no lock if any of them may still be held; Busy if its holder is alive.
 */
export function removeDeadLocks(folder: string): string[] {
  const proven = lockFiles(folder).map((file) => ({ file, line: proveDead(file) }));
  for (const { file } of proven) for (const each of [file, `${file}.attrs`]) rmSync(each, { force: true });
  return proven.map(({ line }) => line);
}

/** Returns a line that says why the holder of this lock is dead. Throws UserError if that is not certain. */
function proveDead(file: string): string {
  const lock = readLock(file);
  if (lock === undefined) throw refusal(file, 'Its content is not valid, so its holder is unknown.');
  const { pid, timestamp } = lock;
  const holder = `pid ${pid}, ${lock.username}@${lock.hostname}, since ${timestamp.toISOString()}`;
  if (lock.hostname !== hostname()) {
    throw refusal(
      file,
      `It is held on another machine (${holder}), so this machine cannot check whether the run is alive.`,
    );
  }
  const started = startedAt(pid);
  if (started === undefined) return `Removed the lock of a run that is dead (${holder}).`;
  if (started.getTime() > timestamp.getTime() + tolerance) {
    return `Removed the lock of a run that is dead (${holder}): another process has that pid now.`;
  }
  throw new Busy(
    `Another run of Pulumi changes this stack (${holder}), so nothing was changed.\n` +
      `Wait for its end (\`--wait\` does), or end it: kill ${pid}`,
  );
}

function refusal(file: string, reason: string): UserError {
  return new UserError(
    `The stack is locked by ${file}. ${reason}\n` +
      'If you are sure that no run is active on any machine, remove that file and try again.',
  );
}

function readLock(file: string): Lock | undefined {
  try {
    return lockSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function lockFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => !name.endsWith('.attrs'));
    return names.toSorted().map((name) => join(folder, name));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []; // The stack was never locked.
    throw error;
  }
}
