import { styleText } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { findEngine } from '../../tools/engine/engine.ts';
import { linkEngine } from '../../tools/engine/home.ts';
import { pulumiCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Check } from '../targets/shared/check.ts';
import { toolChecks } from './doctor-checks.ts';
import { environmentChecks } from './doctor-environment.ts';
import { engineEnvironment, enginePath, pluginEnvironment, prepareFolders } from './engine-environment.ts';
import { table, terminalWidth } from '../common/table.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { stackOption } from './options.ts';

export const command = new Command('doctor')
  .description('Check the requirements of an environment; print a command for each gap.')
  .addOption(stackOption())
  .option('--env', "print Pulumi's environment variables, for the shell's `eval`")
  .action(async ({ stack = defaultEnvironment(), env }) => {
    if (env) await printEnvironment(stack);
    else process.exitCode = await printChecks(stack);
  });

async function printChecks(stack: string): Promise<number> {
  const environment = readEnvironment(stack);
  const checks = [...(await toolChecks(projectRoot(), stack)), ...(await environmentChecks(environment))];
  console.log(formatChecks(checks, terminalWidth()));
  return checks.some(({ mend }) => mend !== undefined) ? 1 : 0;
}

/**
 * Formats checks as a table of at most `width` columns. The command that fixes a failed check is on a separate line,
 * which is never wrapped, so that users can copy it.
 */
export function formatChecks(checks: Check[], width: number): string {
  const rows = checks.flatMap(({ name, found, mend }) =>
    mend === undefined ? [['ok', name, found]] : [['missing', name, found], `         ${mend}`],
  );
  return table(rows, width, colour).join('\n');
}

function colour(cell: string, text: string): string {
  if (cell === 'ok') return styleText('green', text, { stream: process.stdout });
  return cell === 'missing' ? styleText('red', text, { stream: process.stdout }) : text;
}

/** Prints shell commands for `eval "$(npx --no -- railhead doctor --env)"`. Throws UserError without an installed Pulumi CLI. */
async function printEnvironment(stack: string): Promise<void> {
  const engine = await findEngine(projectRoot());
  if (engine === undefined)
    throw new UserError(
      `The Pulumi CLI is not installed yet. Install it: ${pulumiCommand(undefined, 'version')}`,
    );
  prepareFolders(projectRoot());
  linkEngine(projectRoot(), engine);
  const variables = {
    ...engineEnvironment(projectRoot(), stack),
    ...(await pluginEnvironment(projectRoot(), stack)),
  };
  console.log(toExports({ ...variables, PATH: enginePath(projectRoot()) }));
}

/**
 * Returns `export` lines for a POSIX shell, which preserve every value exactly. `PATH` holds only the project's
 * folders; the line for it prepends them to the shell's own PATH.
 */
export function toExports({ PATH = '', ...variables }: Record<string, string>): string {
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...lines, `export PATH=${quote(PATH)}:"$PATH"`].join('\n');
}

function quote(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
