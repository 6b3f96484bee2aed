import { Command } from '@commander-js/extra-typings';
import { repositoryRoot } from '../environment.ts';
import { openEngine } from './engine-call.ts';
import { chosenStack } from './engine-environment.ts';

export const command = new Command('pulumi')
  .description("The plain Pulumi CLI with the project's environment set.")
  .argument('[arguments...]', 'whatever Pulumi takes')
  .helpOption(false)
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (args) => {
    const pulumi = await openEngine(chosenStack(repositoryRoot, args));
    process.exitCode = await pulumi.run(args);
  });
