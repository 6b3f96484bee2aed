/** Returns whether flags set config: `-c railhead:NAME=value` may set a secret, and `--config-file` all of them. */
export function setsConfig(flags: string[]): boolean {
  return flags.some((flag) => /^(-c|--config)/.test(flag));
}

/** Returns the value of `--config-file`, which the engine reads in place of the environment's file. */
export function configFileIn(flags: string[]): string | undefined {
  const index = flags.findLastIndex((flag) => /^--config-file(=|$)/.test(flag));
  const [, value = flags[index + 1]] = /^--config-file=(.*)$/.exec(flags[index] ?? '') ?? [];
  return index === -1 ? undefined : value;
}
