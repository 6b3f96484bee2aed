import { repositoryRoot } from '../environment.ts';
import { openEngine } from './engine-call.ts';
import { chosenStack } from './engine-environment.ts';

export const usage = "pulumi <anything>       The plain Pulumi CLI with the project's environment set.";

export async function run(args: string[]): Promise<number> {
  const own = args[0] === '--' ? args.slice(1) : args;
  const pulumi = await openEngine(chosenStack(repositoryRoot, own));
  return pulumi.run(own);
}
