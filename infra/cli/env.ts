import { styleText } from 'node:util';
import { Argument, Command } from '@commander-js/extra-typings';
import { railheadCommand } from '../common/commands.ts';
import { environmentNames, readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { table, terminalWidth } from '../common/table.ts';
import { planEnvironment } from '../init/environment/plan-environment.ts';
import { describeEnvironment, describeSteps } from '../init/environment/report-environment.ts';
import { writeChanges } from '../init/write.ts';
import { loadRelease, releasePath } from '../releases/load.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { coloredDiff } from './colored-diff.ts';
import { command as diff } from './env-diff.ts';
import { valueOption } from './options.ts';

const list = new Command('list')
  .description('Show the environments of the project.')
  .action(() => console.log(drawEnvironments(projectRoot()).join('\n')));

const add = new Command('add')
  .description('Write the files of a new environment, which begins like another one, after asking.')
  .addArgument(new Argument('<name>', 'the new environment'))
  .requiredOption('--from <env>', 'the environment that it begins with')
  .addOption(valueOption('--target <target>', 'its target (default: that of <env>)'))
  .option('-y, --yes', 'write without asking')
  .action(async (name, { from, target, yes = false }) => {
    const plan = await planEnvironment({ root: projectRoot(), name, from, target });
    console.log(coloredDiff(describeEnvironment(plan)));
    if (!yes) {
      const words = ['add', name, '--from', from, ...(target === undefined ? [] : ['--target', target])];
      requireTerminal(
        'written',
        `To write without a question: ${railheadCommand(undefined, 'env', ...words, '--yes')}`,
      );
      await requireYes('\nWrite these files?', 'written');
    }
    writeChanges(projectRoot(), plan.changes);
    console.log(`\n${describeSteps(plan)}`);
  });

export const command = new Command('env')
  .description('Show the environments of the project, add one, or compare two.')
  .addCommand(list)
  .addCommand(add)
  .addCommand(diff);

function drawEnvironments(root: string): string[] {
  const names = environmentNames(root);
  if (names.length === 0)
    return [`There is no Pulumi.<env>.yaml in ${root}. Next: ${railheadCommand(undefined, 'init')}`];
  const rows = names.map((name) => {
    const { target, stackFile, promotesFrom = '' } = readEnvironment(name, root);
    const release = loadRelease(name, root) === undefined ? 'builds' : releasePath(name);
    return [name, target, stackFile, release, promotesFrom];
  });
  const head = ['environment', 'target', 'stack file', 'artifacts', 'promotes from'];
  const style = (cell: string, text: string) =>
    head.includes(cell) ? styleText('bold', text, { stream: process.stdout }) : text;
  return table([head, ...rows], terminalWidth(), style);
}
