import { styleText } from 'node:util';
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { railheadCommand } from '../common/commands.ts';
import { environmentNames, readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { table, terminalWidth } from '../common/table.ts';
import { environmentsOutput } from '../delivery/affected/matrix.ts';
import type { EnvironmentsDocument } from '../delivery/environments/document.ts';
import { pipelineEnvironments } from '../delivery/environments/pipeline.ts';
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
  .addOption(new Option('--json', 'print JSON').conflicts('github'))
  .option('--github', 'print `environments` for $GITHUB_OUTPUT: those that a pipeline deploys')
  .action(({ json, github }) => {
    if (github) return console.log(environmentsOutput(pipelineEnvironments(projectRoot())));
    const document = listEnvironments(projectRoot());
    console.log(json ? JSON.stringify(document, undefined, 2) : drawEnvironments(document).join('\n'));
  });

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

function listEnvironments(root: string): EnvironmentsDocument {
  const environments = environmentNames(root).map((name) => {
    const { target, stackFile, promotesFrom, ownMachine } = readEnvironment(name, root);
    const release = loadRelease(name, root) === undefined ? {} : { release: releasePath(name) };
    return {
      environment: name,
      target,
      stackFile,
      ...release,
      ...(promotesFrom && { promotesFrom }),
      ownMachine,
    };
  });
  return { version: 1, environments };
}

function drawEnvironments({ environments }: EnvironmentsDocument): string[] {
  if (environments.length === 0)
    return [`There is no Pulumi.<env>.yaml in ${projectRoot()}. Next: ${railheadCommand(undefined, 'init')}`];
  const rows = environments.map(
    ({ environment, target, stackFile, release = 'builds', promotesFrom = '' }) => [
      environment,
      target,
      stackFile,
      release,
      promotesFrom,
    ],
  );
  const head = ['environment', 'target', 'stack file', 'artifacts', 'promotes from'];
  const style = (cell: string, text: string) =>
    head.includes(cell) ? styleText('bold', text, { stream: process.stdout }) : text;
  return table([head, ...rows], terminalWidth(), style);
}
