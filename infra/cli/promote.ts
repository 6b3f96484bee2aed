import { Argument, Command } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import { drawChanges } from '../delivery/promotion/changes.ts';
import { promote, type Promotion } from '../delivery/promotion/promote.ts';

export const command = new Command('promote')
  .description('Write the release file of an environment with exactly the artifacts that another one runs.')
  .addArgument(new Argument('<from>', 'the environment that runs the artifacts'))
  .addArgument(new Argument('<to>', 'the environment that gets them'))
  .option('--allow-downgrade', 'also a release that is older than the one of <to>')
  .action(async (from, to, { allowDowngrade = false }) => {
    const request = { from: readEnvironment(from), to: readEnvironment(to), root: projectRoot() };
    const promotion = await promote({ ...request, allowDowngrade, say: console.error });
    console.log(describe(promotion, from, to).join('\n'));
  });

function describe({ number, file, changes }: Promotion, from: string, to: string): string[] {
  const up = npmCommand('up', to);
  if (changes.length === 0) {
    return [
      `Nothing changes: ${file} has the artifacts of #${number} of ${from} already.`,
      `If ${to} does not run them yet: ${up}`,
    ];
  }
  return [
    `${file} has the artifacts of #${number} of ${from} now:`,
    ...drawChanges(changes, terminalWidth() - 2).map((line) => `  ${line}`),
    '',
    'Next:',
    `  git add ${file}`,
    `  git commit -m 'Promote #${number} of ${from} to ${to}'`,
    `  ${railheadCommand(to, 'preview')}`,
    `  ${up}`,
  ];
}
