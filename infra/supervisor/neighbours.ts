import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSpec, readStatus } from './files.ts';
import { isAlive } from '../common/process-identity.ts';
import { lockHolders } from './lock.ts';
import { backoff } from './restart.ts';
import { startSupervisor } from './start.ts';

/**
 * Milliseconds between two checks. Short, because the address of a dead supervisor refuses connections. Without /proc
 * each check starts a `ps` process.
 */
const EVERY = process.platform === 'linux' ? 100 : 1000;

/**
 * Starts dead supervisors of the same environment again. Each supervisor checks the following folders by name, up to
 * the first one with a live supervisor. A status without a live supervisor means that the supervisor was killed,
 * because an orderly stop removes the status. Returns the function that ends the watch.
 */
export function watchNeighbours(folder: string): () => void {
  const attempts = new Map<string, { count: number; after: number }>();
  const look = () => {
    for (const neighbour of neighboursOf(folder)) {
      const state = stateOf(neighbour);
      if (state === 'absent') continue;
      if (state === 'alive') {
        attempts.delete(neighbour);
        return;
      }
      const { count, after } = attempts.get(neighbour) ?? { count: 0, after: 0 };
      if (Date.now() < after) continue;
      attempts.set(neighbour, { count: count + 1, after: Date.now() + backoff(count + 3, Math.random) });
      startSupervisor(neighbour);
    }
  };
  const timer = setInterval(look, EVERY);
  return () => clearInterval(timer);
}

/** Returns the other workload folders of the environment, beginning with those that follow this one by name. */
export function neighboursOf(folder: string): string[] {
  const parent = dirname(folder);
  const folders = readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(parent, name))
    .toSorted();
  const own = folders.indexOf(folder);
  return [...folders.slice(own + 1), ...folders.slice(0, Math.max(own, 0))];
}

function stateOf(folder: string): 'alive' | 'dead' | 'absent' {
  if (lockHolders(folder).length > 0) return 'alive';
  const status = readStatus(folder);
  if (!status || !readSpec(folder)) return 'absent';
  return isAlive(status.supervisor) ? 'alive' : 'dead';
}
