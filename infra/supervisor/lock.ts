import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownIdentity } from '../common/process-identity.ts';
import type { ProcessIdentity } from '../common/process-identity.ts';
import { codeOf } from '../../tools/error-code.ts';

/**
 * Makes this process the only supervisor of a folder and returns the function that releases the lock; undefined if
 * another process holds it. Each process writes its own lock file before it looks for others. Two processes can
 * therefore both give way (and try again) but never both win. Any process may remove the file of a dead one, because
 * its identity never recurs.
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

/** Returns the live processes that hold the lock of the folder or try to take it. More than one is a transient state. */
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
    if (codeOf(error) === 'ENOENT') return []; // Without a folder there is no supervisor.
    throw error;
  }
}

const lockName = ({ pid, startTime }: ProcessIdentity) => `supervisor-${pid}-${startTime}.lock`;
