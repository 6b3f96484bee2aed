import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity } from './identity.ts';
import type { ProcessIdentity } from './identity.ts';

/**
 * Makes this process the one supervisor of a folder; undefined when another one is. Returns the release.
 * Everybody writes a file of their own before looking for others, so two can both give way (and try again) but never both win,
 * and a file of a dead process can be removed by anybody because no process will ever have that identity again.
 */
export async function takeLock(folder: string): Promise<(() => void) | undefined> {
  const own = ownIdentity();
  const file = join(folder, lockName(own));
  const release = () => rmSync(file, { force: true });
  for (let attempt = 0; attempt < 5; attempt++) {
    writeFileSync(file, '', { mode: 0o600 });
    if (lockHolders(folder).every(({ pid }) => pid === own.pid)) return release;
    release();
    await sleep(20 + Math.random() * 80);
  }
  return undefined;
}

/** Live processes that hold the folder or try to; more than one only for a moment. */
export function lockHolders(folder: string): ProcessIdentity[] {
  return lockFiles(folder).filter((holder) => {
    const alive = isAlive(holder);
    if (!alive) rmSync(join(folder, lockName(holder)), { force: true });
    return alive;
  });
}

function lockFiles(folder: string): ProcessIdentity[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const [, pid, startTime] = /^supervisor-(\d+)-([\w.]+)\.lock$/.exec(name) ?? [];
      return pid === undefined || startTime === undefined ? [] : [{ pid: Number(pid), startTime }];
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // No folder, no supervisor.
    throw error;
  }
}

const lockName = ({ pid, startTime }: ProcessIdentity) => `supervisor-${pid}-${startTime}.lock`;
