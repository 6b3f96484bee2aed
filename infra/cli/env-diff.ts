import { styleText } from 'node:util';
import { Argument, Command } from '@commander-js/extra-typings';
import { terminalWidth } from '../common/table.ts';
import { drawDiff } from '../delivery/environments/draw-diff.ts';

export const command = new Command('diff')
  .description('Show what differs between two environments, by service. Needs no credentials.')
  .addArgument(new Argument('<env>', 'an environment'))
  .addArgument(new Argument('<other>', 'the environment to compare it with'))
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExit codes: 0 if nothing differs, 2 if something does, 1 after an error.')
  .action(async (before, after, { json = false }) => {
    // It loads the targets.
    const { compareEnvironments } = await import('../delivery/environments/compare-environments.ts');
    const diff = await compareEnvironments(before, after, console.error);
    const title = (text: string) => styleText('bold', text, { stream: process.stdout });
    console.log(
      json ? JSON.stringify(diff, undefined, 2) : drawDiff(diff, terminalWidth(), title).join('\n'),
    );
    const { environment, services, secrets } = diff;
    process.exitCode = environment.length + services.length + secrets.length === 0 ? 0 : 2;
  });
