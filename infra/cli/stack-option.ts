/** Takes `-s env`, `--stack env`, `--stack=env` or `-senv` out of arguments that are otherwise Pulumi's. */
export function takeStack(args: string[]): { stack: string | undefined; rest: string[] } {
  const index = args.findIndex((argument) => /^(?:-s|--stack(?:=|$))/.test(argument));
  const end = args.indexOf('--');
  const option = args[index];
  if (option === undefined || (end >= 0 && end < index)) return { stack: undefined, rest: args };
  const inline = /^(?:--stack=|-s=?)(.+)$/.exec(option)?.[1];
  const used = inline === undefined ? 2 : 1;
  return { stack: inline ?? args[index + 1], rest: args.toSpliced(index, used) };
}
