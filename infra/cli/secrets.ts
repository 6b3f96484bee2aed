import { styleText } from 'node:util';
import { Argument, Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { npmCommand, secretCommand } from '../common/commands.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { readEnvironment, stackFilePath, type Environment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { terminalWidth } from '../common/table.ts';
import { readHistory } from '../delivery/history/read-history.ts';
import { webhookKeyName } from '../delivery/notify/notify.ts';
import { drawSecrets } from '../delivery/secrets/draw-secrets.ts';
import { secretStates } from '../delivery/secrets/secret-states.ts';
import { secretUsers, type SecretUse } from '../graph/secret-users.ts';
import { openContext } from '../program/context.ts';
import { suggest } from '../stack/nearest.ts';
import { StackError } from '../stack/problem.ts';
import { openStore } from '../store/open-store.ts';
import { openEngine } from './engine-call.ts';
import { ensureStack } from './ensure-stack.ts';
import { stackOption } from './options.ts';
import { setSecret } from './secret-config.ts';
import { readSecret } from './secret-input.ts';
import { command as copy } from './secrets-copy.ts';

const set = new Command('set')
  .description('Set the value of a secret, which is read from stdin.')
  .addArgument(new Argument('<name>', 'the NAME of ${{secret.NAME}}').argParser(secretName))
  .addOption(stackOption())
  .addHelpText(
    'after',
    '\nA terminal asks for one line and does not show it. Otherwise all of stdin is the value.\nOne newline at the end is not part of it.',
  )
  .action(async (name, { stack = defaultEnvironment() }) => {
    const environment = readEnvironment(stack);
    const uses = await usesOf(environment);
    const services = uses?.find((use) => use.name === name)?.services;
    // The webhook has its key in the config, and no service uses it.
    if (uses !== undefined && services === undefined && name !== webhookKeyName) {
      console.error(`${environment.stackFile} has no \${{secret.${name}}} (${suggest(name, names(uses))}).`);
    }
    const value = await readSecret(name);
    const pulumi = await openEngine(stack, 'stderr');
    await ensureStack(pulumi, stack);
    await setSecret(pulumi, stack, name, value);
    console.log(`Pulumi.${stack}.yaml has the value of ${name}, encrypted.`);
    if (services !== undefined) {
      const users = services.join(', ') || 'The target, to pull images,';
      console.log(`${users} will get it with: ${npmCommand('up', stack)}`);
    }
  });

const list = new Command('list')
  .description('Show the secrets of an environment, without values.')
  .addOption(stackOption())
  .action(async ({ stack = defaultEnvironment() }) => {
    const environment = readEnvironment(stack);
    const { graph } = await openGraph(environment);
    const { records } = await readHistory(openStore(environment), stack, Infinity);
    const secrets = secretStates(projectRoot(), stack, secretUsers(graph), records);
    if (secrets.length === 0) {
      console.log(`${stack} has no secrets, and ${environment.stackFile} needs none.`);
      return;
    }
    console.log(drawSecrets(secrets, terminalWidth(), colour).join('\n'));
    const missing = secrets.filter(({ value }) => value === 'missing' || value === 'plain');
    if (missing.length === 0) return;
    const commands = missing.map(({ name }) => `  ${secretCommand(stack, name)}`);
    console.log(['', 'Next:', ...commands].join('\n'));
  });

export const command = new Command('secrets')
  .description('Set the secrets of an environment, show them without values, or copy them to another one.')
  .addCommand(set)
  .addCommand(list)
  .addCommand(copy);

function secretName(name: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return name;
  throw new InvalidArgumentError('It has letters, digits and underscores, and no digit first.');
}

function openGraph(environment: Environment) {
  return openContext({ ...environment, stackFile: stackFilePath(environment), secrets: undefined });
}

/** Returns what the stack file uses; undefined if it has problems: they prevent no secret from being set. */
async function usesOf(environment: Environment): Promise<SecretUse[] | undefined> {
  try {
    return secretUsers((await openGraph(environment)).graph);
  } catch (error) {
    if (error instanceof StackError) return undefined;
    throw error;
  }
}

function names(uses: readonly SecretUse[]): string[] {
  return uses.map(({ name }) => name);
}

/** Colours what has to be done. styleText returns the text unchanged if stdout is not a terminal. */
function colour(cell: string, text: string): string {
  const isWrong = cell === 'missing' || cell === 'not encrypted';
  return isWrong ? styleText('red', text, { stream: process.stdout }) : text;
}
