/** For `parseArgs`, of a command that is about one environment. */
export const stackOption = { stack: { type: 'string', short: 's', default: 'dev' } } as const;

/**
 * Takes `-s env`, `--stack env`, `--stack=env` or `-senv` out of arguments that are otherwise Pulumi's. An option without
 * a value names the environment "", which does not exist: `down -s` must not take the default one down.
 */
export function takeStack(args: string[]): { stack: string | undefined; rest: string[] } {
  const index = args.findIndex((argument) => /^(?:-s|--stack(?:=|$))/.test(argument));
  const end = args.indexOf('--');
  const option = args[index];
  if (option === undefined || (end >= 0 && end < index)) return { stack: undefined, rest: args };
  const inline = /^(?:--stack=|-s=|-s(?=[^=]))(.*)$/.exec(option)?.[1];
  const used = inline === undefined ? 2 : 1;
  return { stack: inline ?? args[index + 1] ?? '', rest: args.toSpliced(index, used) };
}
