import { join } from 'node:path';
import { inTurn, requireIdle, takeTurn } from '../delivery/turn.ts';
import { environmentNames } from '../common/environment.ts';
import { runsFolder } from '../common/folders.ts';
import { projectRoot } from '../common/roots.ts';

/**
 * Runs `work` while it holds this project's run lock of an environment, which `up`, `down`, `rollback` and `recover` share. Throws
 * Busy if another command holds the lock and `wait` is false.
 *
 * @param again the command that waits for the lock; by default the one that `verb` names
 */
export async function alone<T>(
  verb: 'up' | 'down' | 'rollback' | 'recover',
  stack: string,
  wait: boolean,
  work: () => Promise<T>,
  again?: string,
): Promise<T> {
  const release = await inTurn(wait, () => takeTurn(runFolder(stack), verb, stack, again));
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * Runs `work` of `artifacts prune` while it holds the run locks of all environments of this project. Throws Busy.
 *
 * @param again the command that waits for the locks
 */
export async function aloneEverywhere<T>(wait: boolean, again: string, work: () => Promise<T>): Promise<T> {
  const releases: (() => void)[] = [];
  try {
    for (const name of environmentNames()) {
      releases.push(await inTurn(wait, () => takeTurn(runFolder(name), 'prune', name, again)));
    }
    return await work();
  } finally {
    for (const release of releases) release();
  }
}

/** Throws Busy while another command of this project changes an environment: what exists is then not what the state says. */
export function requireNoRun(stack: string, again: string): void {
  requireIdle(runFolder(stack), stack, again);
}

/** Returns the folder of the files that only the command with the run lock may use. */
export function runFolder(stack: string): string {
  return join(runsFolder(projectRoot()), stack);
}
