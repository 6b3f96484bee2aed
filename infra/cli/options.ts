import { InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** Of every command that is about one environment. Without it, that is `dev`: `.action(({ stack = 'dev' }) => …)`. */
export function stackOption(description = 'the environment: a Pulumi.<env>.yaml (default: dev)') {
  return new Option('-s, --stack <env>', description).argParser(
    (value: string, previous: string | undefined): string => {
      // Pulumi takes `-s=env` as well.
      const name = requireValue(value.replace(/^=/, ''));
      if (previous === undefined) return name;
      throw new InvalidArgumentError(`It was given before, as "${previous}".`);
    },
  );
}

/** Of every command that changes an environment. */
export function waitOption() {
  return new Option('--wait', 'wait for the end of another run that changes the environment');
}

/** An option that takes a value: `--out --push` is a value forgotten, not a folder called `--push`. */
export function valueOption<Flags extends string>(flags: Flags, description: string) {
  return new Option(flags, description).argParser((value: string): string => requireValue(value));
}

function requireValue(value: string): string {
  if (value !== '' && !value.startsWith('-')) return value;
  throw new InvalidArgumentError('It needs a value.');
}
