import { Command } from '@commander-js/extra-typings';
import { pulumiCommand } from '../common/commands.ts';
import { requireFree } from '../delivery/history/holder.ts';
import { recover } from '../delivery/recover.ts';
import { inTurn } from '../delivery/turn.ts';
import { readEnvironment, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { openStore } from '../store/open-store.ts';
import { UserError } from '../../tools/user-error.ts';
import { alone } from './alone.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption, waitOption } from './options.ts';

export const command = new Command('recover')
  .description('Repair the state after a killed run; `up` and `down` do this too.')
  .addOption(stackOption())
  .addOption(waitOption())
  .action(({ stack = defaultEnvironment(), wait = false }) => {
    const environment = readEnvironment(stack);
    return alone('recover', stack, wait, () => recoverStack(environment, wait));
  });

/** Repairs the state and prints what it repaired. Throws UserError if the run that holds the lock may be alive. */
async function recoverStack(environment: Environment, wait: boolean): Promise<void> {
  const { name: stack } = environment;
  // Pulumi's lock has a host name only, which containers can share. The record knows the machine.
  await inTurn(wait, () => requireFree(openStore(environment), stack, 'recover'));
  requirePassphrase(projectRoot(), stack);
  const pulumi = await openEngine(stack);
  const done = await inTurn(wait, () => recover(pulumi, environment));
  if (done === undefined) {
    throw new UserError(
      `The state of ${stack} is in ${pulumi.backend}, so this machine cannot check whether the run that locked it is dead. ` +
        `If you are sure that it is dead, remove its lock: ${pulumiCommand(stack, 'cancel', '--yes')}`,
    );
  }
  console.log(done.length === 0 ? `There is nothing to recover in ${stack}.` : done.join('\n'));
}
