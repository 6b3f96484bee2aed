import type { CommandResult } from '../../tools/command.ts';
import { UserError } from '../stack/problem.ts';
import { adoptInterruptedObjects } from './adopt.ts';
import { pendingCreates, restoreCheckpoint } from './checkpoint.ts';
import { removeInterruptedContainers } from './interrupted-containers.ts';
import { localState } from './local-state.ts';
import { removeDeadLocks } from './lock.ts';

/** The Pulumi CLI, as far as it is needed here. */
interface Pulumi {
  /** PULUMI_BACKEND_URL. */
  backend: string;
  read(args: string[]): Promise<CommandResult>;
}

/**
 * Mends what a killed run has left in the state of a stack: its lock, a torn checkpoint, creations that
 * nobody knows the end of. Gives one line for each thing done; undefined where the state is not a local file,
 * and then nothing is done. Throws a UserError where doing so could harm a run that is alive.
 */
export async function recover(pulumi: Pulumi, stack: string): Promise<string[] | undefined> {
  const state = localState(pulumi.backend, stack);
  if (state === undefined) return undefined;
  const done = removeDeadLocks(state.locks);
  const restored = restoreCheckpoint(state);
  if (restored !== undefined) done.push(restored);
  const names = pendingCreates(state);
  if (names.length > 0) {
    adoptInterruptedObjects(state);
    await removeInterruptedContainers(state);
    await clearPendingCreates(pulumi, stack);
    done.push(`Creating ${names.join(', ')} was interrupted; the next \`up\` adopts what it finds of it.`);
  }
  return done;
}

/** Pulumi keeps them for ever otherwise, and asks about each: whether the resource exists is a question that our create answers. */
async function clearPendingCreates(pulumi: Pulumi, stack: string): Promise<void> {
  const flags = ['--clear-pending-creates', '--yes', '--skip-preview', '--non-interactive'];
  const { code, stdout, problem } = await pulumi.read(['refresh', '--stack', stack, ...flags]);
  if (code !== 0) throw new UserError(`${stdout}${problem}`);
}
