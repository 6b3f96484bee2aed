import type { CommandResult } from '../../tools/command.ts';
import { UserError } from '../../tools/user-error.ts';
import { possibleTargets } from '../targets/index.ts';
import { pendingCreates, restoreCheckpoint } from './checkpoint.ts';
import { localState, type StatePlace } from './local-state.ts';
import { removeDeadLocks } from './lock.ts';

/** The name of an environment and its `railhead:target`. */
type Environment = Parameters<typeof possibleTargets>[0];

/** The part of the Pulumi CLI that this file uses. */
interface Pulumi extends StatePlace {
  read(args: string[]): Promise<CommandResult>;
}

/**
 * Repairs the state of a stack after a killed run: removes its lock, restores a truncated checkpoint and resolves
 * interrupted creations. Returns one line for each repair; undefined, without any repair, if the state is not a local
 * file. Throws a UserError if a repair could harm a live run.
 */
export async function recover(pulumi: Pulumi, environment: Environment): Promise<string[] | undefined> {
  const { name: stack } = environment;
  const state = localState(pulumi, stack);
  if (state === undefined) return undefined;
  const done = removeDeadLocks(state.locks);
  const restored = restoreCheckpoint(state);
  if (restored !== undefined) done.push(restored);
  const names = pendingCreates(state);
  if (names.length > 0) {
    for (const target of await possibleTargets(environment)) {
      await target.resolveInterrupted?.(state.checkpoint);
    }
    await clearPendingCreates(pulumi, stack);
    done.push(`Creating ${names.join(', ')} was interrupted; the next \`up\` adopts the parts that exist.`);
  }
  return done;
}

/**
 * Removes interrupted creations from the state. Otherwise Pulumi keeps them and prompts for each. The provider's
 * create checks whether the resource exists.
 */
async function clearPendingCreates(pulumi: Pulumi, stack: string): Promise<void> {
  const flags = ['--clear-pending-creates', '--yes', '--skip-preview', '--non-interactive'];
  const { code, stdout, problem } = await pulumi.read(['refresh', '--stack', stack, ...flags]);
  if (code !== 0) throw new UserError(`${stdout}${problem}`);
}
