import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../stack/problem.ts';
import { startedAt } from '../targets/process/supervisor/identity.ts';
import { Busy } from './turn.ts';

/** What Pulumi writes before it changes a stack. There is no lease: the lock of a killed run stays for ever. */
const lockSchema = z.object({
  pid: z.int().positive(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.coerce.date(),
});

type Lock = z.infer<typeof lockSchema>;

/** Milliseconds by which two readings of the clock may differ. */
const tolerance = 2_000;

/**
 * Removes the locks in `folder` whose holders are proven dead, and says so in one line each. Throws a
 * UserError, with no lock removed, when one of them may still be held.
 */
export function removeDeadLocks(folder: string): string[] {
  const proven = lockFiles(folder).map((file) => ({ file, line: proveDead(file) }));
  for (const { file } of proven) for (const each of [file, `${file}.attrs`]) rmSync(each, { force: true });
  return proven.map(({ line }) => line);
}

/** Why nobody holds this lock any more; throws when that is not certain. */
function proveDead(file: string): string {
  const lock = readLock(file);
  if (lock === undefined) throw refusal(file, 'It is not readable, so its holder is unknown.');
  const { pid, timestamp } = lock;
  const holder = `pid ${pid}, ${lock.username}@${lock.hostname}, since ${timestamp.toISOString()}`;
  if (lock.hostname !== hostname()) {
    throw refusal(file, `It is held on another machine (${holder}), where this one cannot look.`);
  }
  const started = startedAt(pid);
  if (started === undefined) return `Removed the lock of a run that is dead (${holder}).`;
  if (started.getTime() > timestamp.getTime() + tolerance) {
    return `Removed the lock of a run that is dead (${holder}): that pid is another process now.`;
  }
  throw new Busy(
    `Another run of Pulumi changes this stack (${holder}), so nothing was changed.\n` +
      `Wait for its end (\`--wait\` does), or end it: kill ${pid}`,
  );
}

function refusal(file: string, reason: string): UserError {
  return new UserError(
    `The stack is locked by ${file}. ${reason}\n` +
      'If you are sure that no run is under way anywhere, remove that file and try again.',
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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // Nobody has ever locked it.
    throw error;
  }
}
