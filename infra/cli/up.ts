import { Command } from '@commander-js/extra-typings';
import { readReviewed } from '../delivery/state/digest/reviewed.ts';
import { readEnvironment } from '../common/environment.ts';
import { configCommand, npmCommand } from '../common/commands.ts';
import { UserError } from '../../tools/user-error.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { inTurn } from '../delivery/turn.ts';
import { alone } from './alone.ts';
import { stackOption, valueOption, waitOption } from './options.ts';
import { withRefusal } from './up-end.ts';
import { update } from './update.ts';

export const command = new Command('up')
  .description('Start the system: install missing tools, then run `pulumi up`.')
  .argument('[flags...]', 'flags of `pulumi up`, passed on')
  .addOption(stackOption())
  .addOption(waitOption())
  .addOption(
    valueOption('--plan <preview>', 'deploy only what this preview shows: its digest, or its JSON file'),
  )
  .option('--json', 'print one JSON document at the end; everything else goes to stderr')
  .allowUnknownOption()
  .action(async (flags, { stack = defaultEnvironment(), wait = false, json = false, plan }) => {
    const run = async (ended: () => void): Promise<number> => {
      const environment = readEnvironment(stack);
      const reviewed = plan === undefined ? undefined : readReviewed(plan, stack);
      if (reviewed !== undefined && flags.length > 0) refuseFlags(stack, flags);
      refuseSettings(stack, flags);
      const options = { own: command, flags, wait, json, reviewed, ended };
      return alone('up', stack, wait, () => inTurn(wait, () => update(environment, options)));
    };
    process.exitCode = json ? await withRefusal(stack, run) : await run(() => undefined);
  });

/** Throws UserError: a preview is made without flags, and `--target` or `--config` would change what is deployed. */
function refuseFlags(stack: string, flags: string[]): never {
  throw new UserError(
    `\`up --plan\` deploys exactly one preview and accepts no Pulumi flags: ${flags.join(' ')}. Nothing was changed. Without them: ${npmCommand('up', stack, '--plan', '…')}`,
  );
}

/** Throws UserError if a flag sets what `up` reads of the environment's file: the program would deploy what nothing has checked. */
function refuseSettings(stack: string, flags: string[]): void {
  const setting = flags
    .map(
      (flag) =>
        /^(?:-c=?|--config=)?(railhead:(?:stackFile|target|identity|owner|ownMachine|store|signedBy))=/.exec(
          flag,
        )?.[1],
    )
    .find((name) => name !== undefined);
  if (setting === undefined) return;
  throw new UserError(
    `${setting} cannot be a flag, because \`up\` checks the stack file that Pulumi.${stack}.yaml names. Nothing was changed.\nWrite it there: ${configCommand(stack, setting.replace('railhead:', ''), '<value>')}`,
  );
}
