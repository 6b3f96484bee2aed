import { parseArgs } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { environmentNames } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { openEngine } from './engine-call.ts';
import { chosenStack } from './chosen-stack.ts';
import { ensureStack } from './ensure-stack.ts';

/** Subcommands that work on an environment before its first `up`, so the stack is created for them. */
const firstVerbs = ['config', 'preview', 'up'];

export const command = new Command('pulumi')
  .description("Run the Pulumi CLI with the project's environment variables.")
  .argument('[arguments...]', 'arguments and flags of Pulumi')
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (args) => {
    const stack = chosenStack(projectRoot(), args);
    const pulumi = await openEngine(stack);
    if (firstVerbs.includes(verbOf(args)) && environmentNames().includes(stack)) {
      await ensureStack(pulumi, stack);
    }
    process.exitCode = await pulumi.runPlain(args);
  });

/** Returns the subcommand: `config` for `-s dev config set NAME`. */
function verbOf(args: string[]): string {
  const options = { stack: { type: 'string', short: 's' } } as const;
  return parseArgs({ args, options, strict: false }).positionals[0] ?? '';
}
