import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { helpCommand } from '../commands.ts';
import { repositoryRoot } from '../environment.ts';
import { stackOption } from './options.ts';

/** One file of this folder each, which exports its `command`: options, arguments, help and what it does. */
export const commandNames = [
  'up',
  'down',
  'recover',
  'status',
  'logs',
  'run',
  'jobs',
  'validate',
  'graph',
  'render',
  'images',
  'doctor',
  'pulumi',
] as const;

type CommandName = (typeof commandNames)[number];

/** `railhead` with the named commands. What is wrong with the arguments is printed, and thrown as a CommanderError. */
export async function buildProgram(names: readonly CommandName[] = commandNames) {
  const program = new Command('railhead')
    .description('Describe your services once in a stack file; `pulumi up` runs them.')
    .version(readVersion(), '-v, --version', 'show the version of Railhead')
    .helpOption('-h, --help', 'show how a command is used')
    .helpCommand('help [command]', 'Show how a command is used.')
    // Here it may stand too; the command has the last word on whether it takes one.
    .addOption(stackOption())
    .hook('preSubcommand', passStackOn)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(plain(text)) });
  program.showHelpAfterError(`Next: ${helpCommand()}`);
  for (const name of names) program.addCommand(prepare(await load(name), program));
  return program;
}

/** Those that arguments may be about; all of them where none is named. Only what is needed is loaded: that takes most of the time. */
export function namedCommands(args: readonly string[]): readonly CommandName[] {
  const named = commandNames.filter((name) => args.includes(name));
  return named.length > 0 ? named : commandNames;
}

async function load(name: CommandName): Promise<CommandUnknownOpts> {
  const { command } = (await import(`./${name}.ts`)) as { command: CommandUnknownOpts };
  return command;
}

function prepare(command: CommandUnknownOpts, program: CommandUnknownOpts): CommandUnknownOpts {
  return command.copyInheritedSettings(program).showHelpAfterError(`Next: ${helpCommand(command.name())}`);
}

/** `railhead -s dev status` is `railhead status -s dev`. */
function passStackOn(program: CommandUnknownOpts, command: CommandUnknownOpts): void {
  const stack = program.getOptionValue('stack');
  if (stack === undefined) return;
  if (command.options.some(({ long }) => long === '--stack')) command.setOptionValue('stack', stack);
  else command.error(`error: -s goes behind the command, and only where it takes one`);
}

/** `error: unknown option '--lins'\n(Did you mean --lines?)` as two sentences. */
function plain(text: string): string {
  const [first = '', ...more] = text
    .trim()
    .replace(/^error: /, '')
    .split('\n');
  const sentences = [`${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.?$/, '.')}`, ...more];
  return `${sentences.join(' ').replace(/\((Did you mean .*)\)$/, '$1')}\n`;
}

function readVersion(): string {
  const text = readFileSync(join(repositoryRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
