import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** Returns the option of commands that work on one environment; without it, they use `defaultEnvironment`. */
export function stackOption(
  description = 'the environment: a Pulumi.<env>.yaml (default: dev, or the only one)',
) {
  return new Option('-s, --stack <env>', description).argParser(
    (value: string, previous: string | undefined): string => {
      // Pulumi accepts `-s=env` too.
      const name = requireValue(value.replace(/^=/, ''));
      if (previous === undefined) return name;
      throw new InvalidArgumentError(`It was given before, as "${previous}".`);
    },
  );
}

/** Returns the option of commands that change an environment. */
export function waitOption() {
  return new Option('--wait', 'wait for the end of another run that changes the environment');
}

/** Returns an option with a value. In `--out --push` the value is missing; `--push` is not taken as a folder name. */
export function valueOption<Flags extends string>(flags: Flags, description: string) {
  return new Option(flags, description).argParser((value: string): string => requireValue(value));
}

/** Reads the value of an option or argument that is a number from 1. */
export function positiveNumber(value: string): number {
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a positive whole number.');
}

function requireValue(value: string): string {
  if (value !== '' && !value.startsWith('-')) return value;
  throw new InvalidArgumentError('It needs a value.');
}
