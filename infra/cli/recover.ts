import { parseArgs } from 'node:util';
import { recover } from '../delivery/recover.ts';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { UserError } from '../stack/problem.ts';
import { openEngine } from './engine-call.ts';
import { requirePassphrase } from './engine-environment.ts';
import { stackOption } from './stack-option.ts';

export const usage =
  'recover [-s env]        Clear what a killed run has left in the state; `up` and `down` do it by themselves.';

/** Throws UserError where it cannot be sure that the run is dead. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: stackOption });
  readEnvironment(values.stack);
  requirePassphrase(repositoryRoot, values.stack);
  const pulumi = await openEngine(values.stack);
  const done = await recover(pulumi, values.stack);
  if (done === undefined) {
    throw new UserError(
      `The state of ${values.stack} is in ${pulumi.backend}, where nobody can tell from here whether a run is dead. ` +
        `When you know that it is: npm run pulumi -- cancel --yes -s ${values.stack}`,
    );
  }
  console.log(done.length === 0 ? `There is nothing to recover in ${values.stack}.` : done.join('\n'));
  return 0;
}
