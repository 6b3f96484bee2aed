import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { helpCommand } from '../common/commands.ts';
import { packageVersion } from '../common/roots.ts';
import { stackOption } from './options.ts';

/** The commands. Each is a file of this folder that exports `command`: options, arguments, help and action. */
const commands = {
  init: () => import('./init.ts'),
  import: () => import('./import.ts'),
  env: () => import('./env.ts'),
  secrets: () => import('./secrets.ts'),
  up: () => import('./up.ts'),
  preview: () => import('./preview.ts'),
  down: () => import('./down.ts'),
  recover: () => import('./recover.ts'),
  unlock: () => import('./unlock.ts'),
  promote: () => import('./promote.ts'),
  pr: () => import('./pr.ts'),
  affected: () => import('./affected.ts'),
  rollback: () => import('./rollback.ts'),
  history: () => import('./history.ts'),
  drift: () => import('./drift.ts'),
  artifacts: () => import('./artifacts.ts'),
  status: () => import('./status.ts'),
  logs: () => import('./logs.ts'),
  run: () => import('./run.ts'),
  jobs: () => import('./jobs.ts'),
  validate: () => import('./validate.ts'),
  graph: () => import('./graph.ts'),
  policy: () => import('./policy.ts'),
  render: () => import('./render.ts'),
  images: () => import('./images.ts'),
  'post-preview': () => import('./post-preview.ts'),
  'post-promotion': () => import('./post-promotion.ts'),
  'post-drift': () => import('./post-drift.ts'),
  'post-environment': () => import('./post-environment.ts'),
  doctor: () => import('./doctor.ts'),
  pulumi: () => import('./pulumi.ts'),
};

type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as CommandName[];

/** Builds the program `railhead` with the named commands. Wrong arguments print the problem and throw a CommanderError. */
export async function buildProgram(names: readonly CommandName[] = commandNames) {
  const program = new Command('railhead')
    .description('Describe your services once in a stack file; `pulumi up` runs them.')
    .version(packageVersion(), '-v, --version', 'show the version of Railhead')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'Show the help of a command.')
    // Accepted before the command too: passStackOn hands it to the command, or reports that the command has no -s.
    .addOption(stackOption())
    .hook('preSubcommand', passStackOn)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(plain(text)) });
  program.showHelpAfterError(`Next: ${helpCommand()}`);
  for (const name of names) program.addCommand(prepare(await load(name), program));
  return program;
}

/**
 * Returns the commands that occur among the arguments, or all commands if none does. Loading commands takes most of the
 * startup time, so only these are loaded.
 */
export function namedCommands(args: readonly string[]): readonly CommandName[] {
  const named = commandNames.filter((name) => args.includes(name));
  return named.length > 0 ? named : commandNames;
}

async function load(name: CommandName): Promise<CommandUnknownOpts> {
  const { command } = (await commands[name]()) as { command: CommandUnknownOpts };
  return command;
}

function prepare(
  command: CommandUnknownOpts,
  parent: CommandUnknownOpts,
  names = [command.name()],
): CommandUnknownOpts {
  command.copyInheritedSettings(parent).showHelpAfterError(`Next: ${helpCommand(...names)}`);
  for (const inner of command.commands) prepare(inner, command, [...names, inner.name()]);
  return command;
}

/** Hands an option before the command to the command: `railhead -s dev status` equals `railhead status -s dev`. */
function passStackOn(program: CommandUnknownOpts, command: CommandUnknownOpts): void {
  const stack = program.getOptionValue('stack');
  if (stack === undefined) return;
  if (command.options.some(({ long }) => long === '--stack')) command.setOptionValue('stack', stack);
  else command.error(`error: -s goes behind the command, and only some commands accept it`);
}

/** Rewrites `error: unknown option '--lins'\n(Did you mean --lines?)` as two sentences. */
function plain(text: string): string {
  const [first = '', ...more] = text
    .trim()
    .replace(/^error: /, '')
    // One of the arguments of `secrets set` can be the value.
    .replace(/(for 'set'\. Expected .* but got \d+): .*/, '$1.')
    .split('\n');
  const sentences = [`${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.?$/, '.')}`, ...more];
  return `${sentences.join(' ').replace(/\((Did you mean .*)\)$/, '$1')}\n`;
}
