import { Command } from '@commander-js/extra-typings';
import { railheadCommand } from '../common/commands.ts';
import { planInit } from '../init/plan.ts';
import { describeNext, describePlan } from '../init/report.ts';
import { writeChanges } from '../init/write.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { coloredDiff } from './colored-diff.ts';

export const command = new Command('init')
  .description('Make the current folder a project: propose services, write its files.')
  .option('-y, --yes', 'write without asking')
  .action(async ({ yes = false }) => {
    const plan = await planInit(process.cwd());
    console.log(coloredDiff(describePlan(plan)));
    if (plan.changes.length === 0) return;
    if (!yes) await ask();
    writeChanges(plan.root, plan.changes);
    console.log(`\n${describeNext(plan)}`);
  });

/** Throws a UserError unless the user agrees. */
async function ask(): Promise<void> {
  const withoutQuestion = railheadCommand(undefined, 'init', '--yes');
  requireTerminal('written', `To write without a question: ${withoutQuestion}`);
  await requireYes('\nWrite these changes?', 'written');
}
