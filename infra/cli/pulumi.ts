import { parseArgs } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { environmentNames, repositoryRoot } from '../environment.ts';
import { openEngine } from './engine-call.ts';
import { chosenStack } from './engine-environment.ts';
import { ensureStack } from './ensure-stack.ts';

/** What people do with an environment that was never up: set its secrets, and see what it will be. */
const firstVerbs = ['config', 'preview', 'up'];

export const command = new Command('pulumi')
  .description("The plain Pulumi CLI with the project's environment set.")
  .argument('[arguments...]', 'whatever Pulumi takes')
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (args) => {
    const stack = chosenStack(repositoryRoot, args);
    const pulumi = await openEngine(stack);
    if (firstVerbs.includes(verbOf(args)) && environmentNames().includes(stack)) {
      await ensureStack(pulumi, stack);
    }
    process.exitCode = await pulumi.runPlain(args);
  });

/** `config` of `-s dev config set NAME`. */
function verbOf(args: string[]): string {
  const options = { stack: { type: 'string', short: 's' } } as const;
  return parseArgs({ args, options, strict: false }).positionals[0] ?? '';
}
