import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { helpCommand, pulumiCommand } from '../common/commands.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * Checks the flags that `up` and `down` pass on to Pulumi against Pulumi's own help, because Pulumi would reject an
 * unknown flag only after the build. Prints the problem and throws a CommanderError.
 */
export async function checkFlags(
  pulumi: EngineCall,
  { own, verb, flags }: { own: CommandUnknownOpts; verb: 'up' | 'destroy'; flags: string[] },
): Promise<void> {
  if (flags.length === 0) return;
  const { stdout } = await pulumi.read([verb, '--help']);
  const both = new Command(own.name())
    .copyInheritedSettings(own)
    .helpOption(false)
    .showHelpAfterError(`Next: ${helpCommand(own.name())}, or ${pulumiCommand(undefined, verb, '--help')}`)
    .action(() => {});
  const theirs = parseHelp(stdout, flags).filter(({ long }) =>
    own.options.every((ours) => ours.long !== long),
  );
  for (const option of own.options) both.addOption(new Option(option.flags));
  for (const option of theirs) both.addOption(option);
  both.parse(flags, { from: 'user' });
}

/**
 * Parses the options in Pulumi's help: `  -t, --target stringArray   Specify …`.
 *
 * @param flags the user's arguments; a switch accepts a value if they give it one
 */
export function parseHelp(text: string, flags: readonly string[] = []): Option[] {
  const lines = text.matchAll(/^ {2,}(-\w, )?(--[\w-]+)(?: (?!=)([\w:]+))?(\[=.*?\])?(?: {2,}|$)/gm);
  return [...lines].map(([, short = '', long = '', type, fallback]) => {
    const isSwitch = type === undefined || fallback !== undefined;
    // `--diff=false`
    const hasValue = flags.some((flag) => flag.startsWith(`${long}=`));
    return new Option(`${short}${long}${isSwitch ? (hasValue ? ' [value]' : '') : ' <value>'}`);
  });
}
