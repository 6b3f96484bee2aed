import { Command } from '@commander-js/extra-typings';
import { pulumiCommand } from '../commands.ts';
import { recover } from '../delivery/recover.ts';
import { inTurn } from '../delivery/turn.ts';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { UserError } from '../stack/problem.ts';
import { alone } from './alone.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption, waitOption } from './options.ts';

export const command = new Command('recover')
  .description('Clear what a killed run has left in the state; `up` and `down` do it by themselves.')
  .addOption(stackOption())
  .addOption(waitOption())
  .action(({ stack = 'dev', wait = false }) => {
    readEnvironment(stack);
    return alone('recover', stack, wait, () => recoverStack(stack, wait));
  });

/** Throws UserError where it cannot be sure that the run is dead. */
async function recoverStack(stack: string, wait: boolean): Promise<void> {
  requirePassphrase(repositoryRoot, stack);
  const pulumi = await openEngine(stack);
  const done = await inTurn(wait, () => recover(pulumi, stack));
  if (done === undefined) {
    throw new UserError(
      `The state of ${stack} is in ${pulumi.backend}, where nobody can tell from here whether a run is dead. ` +
        `When you know that it is: ${pulumiCommand(stack, 'cancel', '--yes')}`,
    );
  }
  console.log(done.length === 0 ? `There is nothing to recover in ${stack}.` : done.join('\n'));
}
