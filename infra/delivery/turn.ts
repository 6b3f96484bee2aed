import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { codeOf } from '../../tools/error-code.ts';
import { UserError } from '../../tools/user-error.ts';
import { isAlive, ownIdentity, type ProcessIdentity } from '../common/process-identity.ts';

/** The commands that change an environment, or need that none changes it. */
type Verb = 'up' | 'down' | 'rollback' | 'recover' | 'prune';

/** Thrown while another run changes the stack; a retry succeeds once that run has ended. */
export class Busy extends UserError {}

/** Milliseconds between two attempts. */
const look = 500;

/** Calls `attempt`. With `wait`, retries while it throws Busy, and prints each new reason once. */
export async function inTurn<T>(
  wait: boolean,
  attempt: () => Promise<T>,
  print: (line: string) => void = console.error,
): Promise<T> {
  for (let printed = ''; ; await sleep(look)) {
    try {
      return await attempt();
    } catch (error) {
      if (!wait || !(error instanceof Busy)) throw error;
      const [reason = ''] = error.message.split(', so nothing was changed');
      if (reason !== printed) print(`${reason}. Waiting for its end …`);
      printed = reason;
    }
  }
}

/**
 * Takes the project's run lock of an environment and returns the function that releases it. Throws Busy while another
 * process of this project holds the lock. Pulumi's own lock does not cover builds, recovery and the creation of the
 * stack.
 *
 * Each process writes its own file and then looks for the files of others. Two processes may both release and retry,
 * but never both continue. A process that finds the file of a dead process removes it.
 *
 * @param again the command that waits for its turn
 */
export async function takeTurn(
  folder: string,
  verb: Verb,
  environment: string,
  again = waitCommand(verb, environment),
): Promise<() => void> {
  const own = ownIdentity();
  const file = join(folder, fileName(verb, own));
  const release = () => rmSync(file, { force: true });
  for (let attempt = 1; ; attempt++) {
    while (!writeIn(folder, file));
    const [other] = others(folder, own);
    if (other === undefined) return release;
    release();
    if (attempt === 5) throw new Busy(describe(other, environment, again));
    await sleep(20 + Math.random() * 80);
  }
}

/** Writes an empty file. Returns false if the folder was removed meanwhile, with the environment that it belongs to. */
function writeIn(folder: string, file: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, '', { mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Removes what the run with the lock has in the folder. The files of runs stay: others may wait for the lock. */
export function clearFolder(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!runFile.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Removes the folder of a run lock, unless another process waits for the lock or holds it. */
export function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Throws Busy while a process of this project changes the environment. Writes nothing. */
export function requireIdle(folder: string, environment: string, again: string): void {
  const [other] = existsSync(folder) ? runsIn(folder).filter(isAlive) : [];
  if (other !== undefined) throw new Busy(describe(other, environment, again));
}

interface Run extends ProcessIdentity {
  verb: string;
  since: Date;
}

function others(folder: string, own: ProcessIdentity): Run[] {
  return runsIn(folder).flatMap((run) => {
    if (run.pid === own.pid) return [];
    if (isAlive(run)) return [run];
    rmSync(join(folder, fileName(run.verb, run)), { force: true });
    return [];
  });
}

/** Returns the runs that have a file, those of dead processes too. */
function runsIn(folder: string): Run[] {
  return readdirSync(folder).flatMap((name) => {
    const [, verb, pid, startTime] = runFile.exec(name) ?? [];
    const since = statSync(join(folder, name), { throwIfNoEntry: false })?.mtime;
    if (verb === undefined || startTime === undefined || since === undefined) return [];
    return [{ verb, pid: Number(pid), startTime, since }];
  });
}

/** Returns the command that waits for an environment to be free. */
export function waitCommand(verb: Verb, environment: string): string {
  return verb === 'up' || verb === 'down'
    ? npmCommand(verb, environment, '--wait')
    : verb === 'rollback'
      ? railheadCommand(undefined, verb, environment, '--wait')
      : railheadCommand(environment, verb, '--wait');
}

function describe({ verb, pid, since }: Run, environment: string, again: string): string {
  return (
    `Another \`${verb}\` of ${environment} runs (pid ${pid}, since ${since.toISOString()}), so nothing was changed.\n` +
    `Wait for its end: ${again}\nOr end it: kill ${pid}`
  );
}

/** The verb, the pid and the start time. */
const runFile = /^(\w+)-(\d+)-([\w.]+)$/;

const fileName = (verb: string, { pid, startTime }: ProcessIdentity) => `${verb}-${pid}-${startTime}`;
