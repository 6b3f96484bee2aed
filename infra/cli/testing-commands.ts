import { parseArgs } from 'node:util';
import { CommanderError } from '@commander-js/extra-typings';
import { findEngine } from '../../tools/engine/engine.ts';
import { capture } from '../../tools/command.ts';
import { packageRoot } from '../common/roots.ts';
import { buildProgram } from './program.ts';

/**
 * Returns why a command from a message or document does not work; undefined if it works or is not a railhead command.
 */
export async function wrongCommand(text: string): Promise<string | undefined> {
  const words = text.split(/\s+/).map((word) => word.replace(/^'(.*)'$/, '$1'));
  if (/^npx\s+railhead\b/.test(text)) {
    return 'Outside a project, npx would run a package of that name from the registry. Write: npx --no -- railhead';
  }
  if (text.startsWith('npx --no -- railhead ')) return wrongArguments(words.slice(4));
  if (!/^npm run (up|down|pulumi)\b/.test(text)) return undefined;
  const [, , name = '', ...rest] = words;
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  return name === 'pulumi' ? wrongForPulumi(args) : wrongArguments([name, ...args]);
}

/** Parses arguments with the definitions of the commands, without running them. Returns the parse error. */
async function wrongArguments(args: string[]): Promise<string | undefined> {
  const program = await buildProgram();
  for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
    command.action(() => {}).configureOutput({ writeOut: () => {}, writeErr: () => {} });
  }
  program.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  try {
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? undefined : error.message;
  }
}

/**
 * Checks arguments with `pulumi … --help`, which validates all flags. Returns undefined if the CLI is not installed.
 */
async function wrongForPulumi(args: string[]): Promise<string | undefined> {
  const engine = await findEngine(packageRoot);
  if (engine === undefined) return undefined;
  const { code, stdout, problem } = await capture(engine.executable, [...args, '--help']);
  if (code !== 0) return problem;
  // For an unknown subcommand, Pulumi prints the help of the enclosing command group.
  const { positionals } = parseArgs({
    args,
    strict: false,
    options: { stack: { type: 'string', short: 's' } },
  });
  const group = /^Available Commands:$/m.test(stdout) && positionals.length > 0;
  return group ? `Pulumi has no command "${positionals.join(' ')}"` : undefined;
}
