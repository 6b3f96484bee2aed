import { join } from 'node:path';
import { inTurn, takeTurn } from '../delivery/turn.ts';
import { repositoryRoot } from '../environment.ts';

/** Does what changes an environment while no other command of ours does. Throws Busy. */
export async function alone<T>(
  verb: 'up' | 'down' | 'recover',
  stack: string,
  wait: boolean,
  work: () => Promise<T>,
): Promise<T> {
  const folder = join(repositoryRoot, '.railhead', 'runs', stack);
  const release = await inTurn(wait, () => takeTurn(folder, verb, stack));
  try {
    return await work();
  } finally {
    release();
  }
}
