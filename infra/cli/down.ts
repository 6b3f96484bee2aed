import { Command } from '@commander-js/extra-typings';
import { readEnvironment, repositoryRoot, type Environment } from '../environment.ts';
import { recover } from '../delivery/recover.ts';
import { inTurn } from '../delivery/turn.ts';
import { removeData } from '../targets/process/data.ts';
import { alone } from './alone.ts';
import { endStrays } from './end-strays.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption, waitOption } from './options.ts';
import { requireProcesses } from './own-tools.ts';
import { checkFlags } from './pulumi-flags.ts';

export const command = new Command('down')
  .description('Take the system away and keep its data.')
  .argument('[flags...]', 'flags of `pulumi destroy`, passed on')
  .addOption(stackOption())
  .addOption(waitOption())
  .option('--data', 'remove the data too')
  .allowUnknownOption()
  .action(async (flags, { stack = 'dev', wait = false, data = false }) => {
    const environment = readEnvironment(stack);
    process.exitCode = await alone('down', stack, wait, () => down(environment, { flags, wait, data }));
  });

interface Options {
  flags: string[];
  wait: boolean;
  /** Remove them too. */
  data: boolean;
}

/** Exit code of Pulumi. Throws UserError. */
async function down(environment: Environment, { flags, wait, data }: Options): Promise<number> {
  const stack = environment.name;
  if (data) requireProcesses(environment, 'data');
  requirePassphrase(repositoryRoot, stack);
  const pulumi = await openEngine(stack);
  await checkFlags(pulumi, { own: command, verb: 'destroy', flags });
  for (const line of (await inTurn(wait, () => recover(pulumi, stack))) ?? []) console.log(line);
  const known = await pulumi.read(['stack', '--stack', stack, '--show-name']);
  if (known.code === 0) {
    // On Kubernetes data are resources, protected outside dev.
    const kept = environment.target === 'kubernetes' ? ['--exclude-protected'] : [];
    const args = ['destroy', '--stack', stack, '--yes', '--skip-preview', ...kept, ...flags];
    const code = await inTurn(wait, () => pulumi.run(args));
    if (code !== 0) return code;
  } else {
    console.log(`Nothing runs: the stack ${stack} does not exist.`);
  }
  await endStrays(pulumi, stack, []);
  if (data) {
    const removed = await removeData(repositoryRoot, stack);
    console.log(
      removed.length === 0 ? 'There is no data.' : removed.map((path) => `Removed ${path}`).join('\n'),
    );
  }
  return 0;
}
