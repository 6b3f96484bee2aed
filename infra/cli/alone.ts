import { join } from 'node:path';
import { inTurn, takeTurn } from '../delivery/turn.ts';
import { projectRoot } from '../common/roots.ts';

/**
 * Runs `work` while it holds this project's run lock of an environment, which `up`, `down` and `recover` share. Throws
 * Busy if another command holds the lock and `wait` is false.
 */
export async function alone<T>(
  verb: 'up' | 'down' | 'recover',
  stack: string,
  wait: boolean,
  work: () => Promise<T>,
): Promise<T> {
  const folder = join(projectRoot(), '.railhead', 'runs', stack);
  const release = await inTurn(wait, () => takeTurn(folder, verb, stack));
  try {
    return await work();
  } finally {
    release();
  }
}
