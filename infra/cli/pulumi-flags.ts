import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { helpCommand, pulumiCommand } from '../commands.ts';
import type { EngineCall } from './engine-call.ts';

/**
 * `up` and `down` pass on what they do not know, and Pulumi would refuse a slip only after a build: its own
 * help says which flags it has. Prints what is wrong with `flags`, and throws it as a CommanderError.
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

/** The options in a help text of Pulumi's: `  -t, --target stringArray   Specify …`. `flags`: what somebody gives them. */
export function parseHelp(text: string, flags: readonly string[] = []): Option[] {
  const lines = text.matchAll(/^ {2,}(-\w, )?(--[\w-]+)(?: (?!=)([\w:]+))?(\[=.*?\])?(?: {2,}|$)/gm);
  return [...lines].map(([, short = '', long = '', type, fallback]) => {
    const isSwitch = type === undefined || fallback !== undefined;
    // `--diff=false`
    const hasValue = flags.some((flag) => flag.startsWith(`${long}=`));
    return new Option(`${short}${long}${isSwitch ? (hasValue ? ' [value]' : '') : ' <value>'}`);
  });
}
