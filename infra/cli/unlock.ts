import { Argument, Command } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { closeInterrupted } from '../delivery/history/hold.ts';
import { describeHolder } from '../delivery/history/holder.ts';
import { outcomeOf } from '../delivery/history/outcome.ts';
import { readRecord } from '../delivery/history/read-history.ts';
import { Busy } from '../delivery/turn.ts';
import { openStore } from '../store/open-store.ts';
import { UserError } from '../../tools/user-error.ts';
import { positiveNumber, stackOption } from './options.ts';

export const command = new Command('unlock')
  .description('Close the record of an update that was killed on another machine, so that others can update.')
  .addArgument(new Argument('<number>', 'the number of the update').argParser(positiveNumber))
  .addOption(stackOption())
  .action(async (number, { stack = defaultEnvironment() }) => {
    await unlock(number, stack);
    console.log(
      `The record of #${number} of ${stack} says now that it was interrupted. Next: ${npmCommand('up', stack)}`,
    );
  });

/** Throws UserError if the update has ended, and Busy if it runs on this machine. */
async function unlock(number: number, stack: string): Promise<void> {
  const store = openStore(readEnvironment(stack));
  const record = await readRecord(store, stack, number);
  const all = railheadCommand(stack, 'history');
  if (record === undefined)
    throw new UserError(`${stack} has no update #${number} in ${store.describe()}. All of them: ${all}`);
  const outcome = outcomeOf(record);
  if (record.ending !== undefined)
    throw new UserError(`#${number} of ${stack} has ended (${outcome}), so it locks nothing. See: ${all}`);
  if (outcome === 'running')
    throw new Busy(`${describeHolder(record)}, so nothing was changed. End it: kill ${record.writer.pid}`);
  await closeInterrupted(store, projectRoot(), record);
}
