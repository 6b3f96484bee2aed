import { Argument, Command } from '@commander-js/extra-typings';
import { defaultEnvironment } from '../common/default-environment.ts';
import { environmentOf } from '../common/pull-request.ts';
import { table, terminalWidth } from '../common/table.ts';
import {
  formatDocument,
  listed,
  pullRequestsDocumentSchema,
  type Reaped,
} from '../delivery/pull-requests/document.ts';
import { listMarked, type MarkedStack } from '../delivery/pull-requests/mark.ts';
import { Busy } from '../delivery/turn.ts';
import { UserError } from '../../tools/user-error.ts';
import { openEngine } from './engine-call.ts';
import { positiveNumber, stackOption, valueOption, waitOption } from './options.ts';

const number = () => new Argument('<number>', 'the number of the pull request').argParser(positiveNumber);
const fromOption = () => stackOption('the environment that it is made from (default: dev, or the only one)');
const jsonOption = ['--json', 'print one JSON document; everything else goes to stderr'] as const;

const up = new Command('up')
  .description('Make or update the environment of a pull request, with data of its own.')
  .addArgument(number())
  .addOption(fromOption())
  .addOption(
    valueOption('--base <commit>', 'run only what differs from this branch or commit; else everything'),
  )
  .addOption(waitOption())
  .option(...jsonOption)
  .action(async (pullRequest, { stack: from = defaultEnvironment(), base, wait = false, json = false }) => {
    const { pullRequestUp } = await import('./pr-up.ts');
    process.exitCode = await pullRequestUp(pullRequest, { from, base, wait, json });
  });

const down = new Command('down')
  .description('Remove the environment of a pull request with its data; nothing of it remains.')
  .addArgument(number())
  .addOption(fromOption())
  .addOption(waitOption())
  .action(async (pullRequest, { stack: from = defaultEnvironment(), wait = false }) => {
    const { pullRequestDown } = await import('./pr-down.ts');
    const name = environmentOf(pullRequest);
    const removal = await pullRequestDown(pullRequest, { from, wait, onlyExpired: false, quiet: false });
    console.log(removal === 'removed' ? `Removed ${name}.` : `There is no environment ${name}.`);
  });

const list = new Command('list')
  .description('List the environments of pull requests.')
  .addOption(fromOption())
  .option('--json', 'print JSON')
  .action(async ({ stack = defaultEnvironment(), json = false }) => {
    const environments = (await findMarked(stack)).map((one) => listed(one));
    if (json) console.log(formatDocument(pullRequestsDocumentSchema, { version: 1, environments }));
    else if (environments.length === 0) console.log('There are no environments of pull requests.');
    else
      draw(
        environments.map(({ environment, from, expires, expired }) => [
          environment,
          `from ${from}`,
          `${expired ? 'expired' : 'until'} ${expires}`,
        ]),
      );
  });

const reap = new Command('reap')
  .description('Remove the environments of pull requests that have expired. Can be repeated.')
  .addOption(fromOption())
  .option('--dry-run', 'only list what would be removed')
  .option(...jsonOption)
  .addHelpText('after', '\nExit codes: 0 if all were removed or are in use, 1 if one could not be removed.')
  .action(async ({ stack: from = defaultEnvironment(), dryRun = false, json = false }) => {
    const environments: Reaped[] = [];
    for (const one of await findMarked(from)) {
      const { expired } = listed(one);
      if (expired && !dryRun && !json) console.log(`Removing ${one.name} …`);
      const done = expired ? await reapOne(one, { from, dryRun, json }) : { result: 'kept' as const };
      environments.push({ ...listed(one), ...done });
    }
    if (json) console.log(formatDocument(pullRequestsDocumentSchema, { version: 1, environments }));
    else
      draw(
        environments.map(({ environment, result, expires, problem = '' }) => [
          environment,
          result,
          expires,
          problem,
        ]),
      );
    process.exitCode = environments.some(({ result }) => result === 'failed') ? 1 : 0;
  });

async function reapOne(
  { mark, updating }: MarkedStack,
  { from, dryRun, json }: { from: string; dryRun: boolean; json: boolean },
): Promise<Pick<Reaped, 'result' | 'problem'>> {
  if (updating) return { result: 'in use', problem: 'an update runs' };
  if (dryRun) return { result: 'would be removed' };
  try {
    const { pullRequestDown } = await import('./pr-down.ts');
    const options = { from, wait: false, onlyExpired: true, quiet: json };
    const removal = await pullRequestDown(mark.number, options);
    return { result: removal === 'kept' ? 'kept' : 'removed' };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [problem = ''] = error.message.split('\n');
    return { result: error instanceof Busy ? 'in use' : 'failed', problem };
  }
}

async function findMarked(stack: string): Promise<MarkedStack[]> {
  return listMarked(await openEngine(stack, 'stderr'));
}

function draw(rows: string[][]): void {
  for (const line of table(rows, terminalWidth())) console.log(line);
}

export const command = new Command('pr')
  .description('Make, list and remove the environments of pull requests.')
  .addCommand(up)
  .addCommand(down)
  .addCommand(list)
  .addCommand(reap);
