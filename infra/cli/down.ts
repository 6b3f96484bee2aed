import { Command } from '@commander-js/extra-typings';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { recover } from '../delivery/recover.ts';
import { removeData } from '../targets/process/data.ts';
import { endStrays } from './end-strays.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption } from './options.ts';
import { requireProcesses } from './own-tools.ts';
import { checkFlags } from './pulumi-flags.ts';

export const command = new Command('down')
  .description('Take the system away and keep its data.')
  .argument('[flags...]', 'flags of `pulumi destroy`, passed on')
  .addOption(stackOption())
  .option('--data', 'remove the data too')
  .allowUnknownOption()
  .action(async (flags, { stack = 'dev', data = false }) => {
    process.exitCode = await down(stack, data, flags);
  });

/** Exit code of Pulumi. Throws UserError. */
async function down(stack: string, withData: boolean, flags: string[]): Promise<number> {
  const environment = readEnvironment(stack);
  if (withData) requireProcesses(environment, 'data');
  requirePassphrase(repositoryRoot, stack);
  const pulumi = await openEngine(stack);
  await checkFlags(pulumi, { own: command, verb: 'destroy', flags });
  for (const line of (await recover(pulumi, stack)) ?? []) console.log(line);
  const known = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  if (known.code === 0) {
    // On Kubernetes data are resources, protected outside dev.
    const kept = environment.target === 'kubernetes' ? ['--exclude-protected'] : [];
    const code = await pulumi.run([
      'destroy',
      '--stack',
      stack,
      '--yes',
      '--skip-preview',
      ...kept,
      ...flags,
    ]);
    if (code !== 0) return code;
  } else {
    console.log(`Nothing runs: the stack ${stack} does not exist.`);
  }
  await endStrays(pulumi, stack, []);
  if (withData) {
    const removed = await removeData(repositoryRoot, stack);
    console.log(
      removed.length === 0 ? 'There is no data.' : removed.map((path) => `Removed ${path}`).join('\n'),
    );
  }
  return 0;
}
