import * as z from 'zod';
import { UserError } from '../../tools/user-error.ts';
import type { EngineCall } from './engine-call.ts';

const step = z.object({
  urn: z.string(),
  oldState: z.object({ parent: z.string().optional() }).nullish(),
  newState: z.object({ parent: z.string().optional() }).nullish(),
});
const preview = z.object({ steps: z.array(step).default([]) });

/**
 * Returns the flags with each `--target` of a component followed by a `--target` of every resource in it. Pulumi updates
 * only the component itself otherwise, which has nothing to update. A preview tells which resources these are: it knows
 * those that do not exist yet, and those that the program does not have any more. Throws UserError if the preview fails.
 *
 * @param variables environment variables for the Pulumi program
 */
export async function targetChildren(
  pulumi: EngineCall,
  { stack, flags, variables }: { stack: string; flags: string[]; variables: Record<string, string> },
): Promise<string[]> {
  const components = targetsOf(flags).filter((urn) => /::railhead:index:\w+::/.test(urn));
  if (components.length === 0) return flags;
  const { code, stdout, problem } = await pulumi.read(
    ['preview', '--stack', stack, '--json', ...configFlags(flags)],
    variables,
  );
  if (code !== 0) throw new UserError(`The resources of ${components.join(', ')} are not known:\n${problem}`);
  const { steps } = preview.parse(JSON.parse(stdout));
  const children = steps.filter(({ oldState, newState }) =>
    components.some((component) => [oldState?.parent, newState?.parent].includes(component)),
  );
  const urns = new Set(children.map(({ urn }) => urn));
  return [...flags, ...[...urns].flatMap((urn) => ['--target', asPattern(urn)])];
}

/** Returns a pattern that matches only this URN: Pulumi refuses a URN that the state does not have, but not a pattern. */
function asPattern(urn: string): string {
  return urn.replace(/::[^:]*::/, '::*::');
}

/** Returns the flags that set config. The program may not run without the values. */
function configFlags(flags: string[]): string[] {
  return flags.flatMap((flag, index) => {
    if (/^(-c|--config(-file)?)$/.test(flag)) return flags.slice(index, index + 2);
    return /^(-c|--config|--config-file)=|^--config-path$/.test(flag) ? flag : [];
  });
}

/** Returns the values of `--target` in its four forms. */
function targetsOf(flags: string[]): string[] {
  return flags.flatMap((flag, index) => {
    if (flag === '--target' || flag === '-t') return flags[index + 1] ?? [];
    return /^(--target|-t)=/.test(flag) ? flag.slice(flag.indexOf('=') + 1) : [];
  });
}
