import { UserError } from '../../tools/user-error.ts';
import { railheadCommand } from './commands.ts';
import { environmentNames } from './environment.ts';
import { numberOf } from './pull-request.ts';
import { projectRoot } from './roots.ts';

/** Returns the environment of a command without `-s`: `dev` if it exists, else the only one. Throws UserError. */
export function defaultEnvironment(): string {
  const found = findDefaultEnvironment();
  if (found !== undefined) return found;
  const root = projectRoot();
  const names = environmentNames();
  throw new UserError(
    names.length === 0
      ? `${root} has no environment: there is no Pulumi.<env>.yaml. Next: ${railheadCommand(undefined, 'init')}`
      : `There is more than one environment, and none is called "dev". Choose one with -s: ${names.join(', ')}.`,
  );
}

/** Returns undefined if the project has no such environment. */
export function findDefaultEnvironment(): string | undefined {
  const names = environmentNames().filter((name) => numberOf(name) === undefined);
  if (names.includes('dev')) return 'dev';
  return names.length === 1 ? names[0] : undefined;
}
