import { styleText } from 'node:util';
import { Command, Option } from '@commander-js/extra-typings';
import { railheadCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import type { DriftDocument } from '../delivery/drift/document.ts';
import { drawDrift } from '../delivery/drift/draw.ts';
import { readDrift } from '../delivery/drift/read-drift.ts';
import { chooseTarget } from '../targets/index.ts';
import { alone, requireNoRun } from './alone.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { mendDrift } from './mend-drift.ts';
import { stackOption, waitOption } from './options.ts';

export const command = new Command('drift')
  .description('Show how what runs differs from the last update, by service. Changes nothing.')
  .addOption(stackOption())
  .option('--json', 'print JSON')
  .addOption(
    new Option(
      '--mend',
      'deploy again what was deployed, for what has drifted only; what Railhead did not create stays',
    ).conflicts('json'),
  )
  .addOption(waitOption())
  .addHelpText('after', '\nExit codes: 0 without drift, 2 with drift, 1 if Railhead could not look.')
  .action(async ({ stack = defaultEnvironment(), json = false, mend = false, wait = false }) => {
    const environment = readEnvironment(stack);
    const target = await chooseTarget(environment);
    requirePassphrase(projectRoot(), stack);
    const look = async () => {
      const pulumi = await openEngine(stack);
      const found = await readDrift(pulumi, {
        root: projectRoot(),
        environment,
        target,
        progress: console.error,
      });
      show(found.document, { json, advises: !mend });
      return { pulumi, ...found };
    };
    if (mend) {
      // Not `up`, which also deploys what the files of the project have changed.
      const again = railheadCommand(stack, 'drift', '--mend', '--wait');
      process.exitCode = await alone('up', stack, wait, () => mendDrift(environment, target, look), again);
      return;
    }
    requireNoRun(stack, railheadCommand(stack, 'drift'));
    const { document } = await look();
    process.exitCode = document.drifted ? 2 : 0;
  });

function show(document: DriftDocument, { json, advises }: { json: boolean; advises: boolean }): void {
  if (json) {
    console.log(JSON.stringify(document, undefined, 2));
    return;
  }
  const colour = document.drifted ? 'red' : 'green';
  const paint = (text: string) => styleText(colour, text, { stream: process.stdout });
  console.log(drawDrift(document, { width: terminalWidth(), paint, advises }).join('\n'));
}
