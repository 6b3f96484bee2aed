import { Command, Option } from '@commander-js/extra-typings';
import { railheadCommand } from '../common/commands.ts';
import { terminalWidth } from '../common/table.ts';
import { toDocument } from '../import/document.ts';
import { formatNames } from '../import/formats.ts';
import { planImport, type ImportPlan } from '../import/plan.ts';
import { describeImport, describeSteps } from '../import/report.ts';
import { requireWritable } from '../init/writable.ts';
import { writeChanges } from '../init/write.ts';
import { UserError } from '../../tools/user-error.ts';

export const command = new Command('import')
  .description(
    'Write the stack file of a system that Compose, Railway or another platform runs, with a report of every field.',
  )
  .argument('[path]', 'a folder, or a file in it', '.')
  .addOption(
    new Option('--from <format>', 'the format to read, if the folder has several').choices(formatNames),
  )
  .option('--check', 'write nothing; exit with 1 if a field was not mapped')
  .option('--force', 'write over files that exist')
  .option('--json', 'print the report as JSON')
  .action(async (path, { from, check = false, force = false, json = false }) => {
    const plan = await planImport(path, from);
    console.log(
      json ? JSON.stringify(toDocument(plan), undefined, 2) : describeImport(plan, terminalWidth()),
    );
    if (check) {
      if (plan.rows.some(({ outcome }) => outcome === 'cannot')) process.exitCode = 1;
      return;
    }
    if (plan.changes.length === 0) {
      process.exitCode = 1;
      return;
    }
    requireNew(plan, [path, ...(from === undefined ? [] : ['--from', from])], force);
    requireWritable(plan.root, plan.changes);
    writeChanges(plan.root, plan.changes);
    if (!json) console.log(['', ...describeSteps(plan)].join('\n'));
  });

/** Throws a UserError if a file exists and may not be overwritten. */
function requireNew({ changes }: ImportPlan, words: string[], force: boolean): void {
  const existing = changes.filter(({ before, after }) => before !== undefined && before !== after);
  if (force || existing.length === 0) return;
  throw new UserError(
    [
      `${existing.map((change) => change.path).join(' and ')} would be overwritten. Nothing was written.`,
      `To overwrite: ${railheadCommand(undefined, 'import', ...words, '--force')}`,
    ].join('\n'),
  );
}
