import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Command } from '@commander-js/extra-typings';
import { npmCommand, railheadCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { encryptedNames } from '../delivery/secrets/secret-states.ts';
import { UserError } from '../../tools/user-error.ts';
import { requireTerminal, requireYes } from './ask.ts';
import { openEngine } from './engine-call.ts';
import { publicVariables, requirePassphrase } from './engine-environment.ts';
import { ensureStack } from './ensure-stack.ts';
import { valueOption } from './options.ts';
import { getSecret, setSecret } from './secret-config.ts';
import { settingsFile } from './stack-settings.ts';

export const command = new Command('copy')
  .description('Copy secrets of one environment to another one, after asking. Shows no values.')
  .addArgument(new Argument('[names...]', 'the secrets (default: all)'))
  .requiredOption('--from <env>', 'the environment that has the values')
  .requiredOption('--to <env>', 'the environment that gets them')
  .option('--force', 'replace values that <to> has already')
  .addOption(
    valueOption('--from-passphrase <file>', 'the file with the passphrase of <from>, if it is another one'),
  )
  .option('-y, --yes', 'copy without asking')
  .action(async (given, { from, to, force = false, fromPassphrase, yes = false }) => {
    const names = chooseNames({ given, from, to, force, fromPassphrase });
    console.log(`To copy from ${from} to ${to}: ${names.join(', ')}`);
    if (!yes) {
      const again = [
        ...given,
        ...flagsOf({ from, to, fromPassphrase }),
        ...(force ? ['--force'] : []),
        '--yes',
      ];
      requireTerminal('copied', `To copy without a question: ${copyCommand(again)}`);
      await requireYes('Copy them?', 'copied');
    }
    const values = await readValues(from, names, fromPassphrase);
    await writeValues(to, values);
    console.log(`${settingsFile(to)} has them, encrypted. Next: ${npmCommand('up', to)}`);
  });

interface Choice {
  /** The names on the command line. */
  given: readonly string[];
  from: string;
  to: string;
  force: boolean;
  /** The file with the passphrase of `from`. */
  fromPassphrase: string | undefined;
}

function flagsOf({ from, to, fromPassphrase }: Pick<Choice, 'from' | 'to' | 'fromPassphrase'>): string[] {
  const file = fromPassphrase === undefined ? [] : ['--from-passphrase', fromPassphrase];
  return ['--from', from, '--to', to, ...file];
}

function copyCommand(words: readonly string[]): string {
  return railheadCommand(undefined, 'secrets', 'copy', ...words);
}

/** Returns the secrets to copy. Throws UserError if one is missing, or would be replaced. */
function chooseNames({ given, from, to, force, fromPassphrase }: Choice): string[] {
  readEnvironment(from);
  readEnvironment(to);
  if (from === to) throw new UserError(`${from} has its own secrets already. Nothing was copied.`);
  const known = encryptedNames(projectRoot(), from);
  const missing = given.filter((name) => !known.includes(name));
  if (missing.length > 0 || known.length === 0) {
    const what = missing.join(', ') || 'secrets';
    throw new UserError(
      `${settingsFile(from)} has no ${what}. Nothing was copied. All secrets: ${railheadCommand(from, 'secrets', 'list')}`,
    );
  }
  const names = given.length === 0 ? known : [...new Set(given)];
  const there = encryptedNames(projectRoot(), to);
  const taken = names.filter((name) => there.includes(name));
  if (taken.length === 0 || force) return names;
  const rest = names.filter((name) => !there.includes(name));
  const flags = flagsOf({ from, to, fromPassphrase });
  throw new UserError(
    [
      `${to} has a value already: ${taken.join(', ')}. Nothing was copied.`,
      ...(rest.length === 0 ? [] : [`The others: ${copyCommand([...rest, ...flags])}`]),
      `To replace: ${copyCommand([...given, ...flags, '--force'])}`,
    ].join('\n'),
  );
}

async function readValues(
  from: string,
  names: readonly string[],
  passphraseFile: string | undefined,
): Promise<[name: string, value: string][]> {
  const own =
    passphraseFile === undefined ? {} : { PULUMI_CONFIG_PASSPHRASE: readPassphrase(passphraseFile) };
  if (passphraseFile === undefined) requirePassphrase(projectRoot(), from);
  const pulumi = await openEngine(from, 'stderr');
  const read = async (variables: Record<string, string>) => {
    const values: [string, string][] = [];
    for (const name of names) values.push([name, await getSecret(pulumi, from, name, variables)]);
    return values;
  };
  try {
    return await read(own);
  } catch (error) {
    if (!(error instanceof UserError && /incorrect passphrase/.test(error.message))) throw error;
    const other = passphraseFile === undefined ? publicVariables(projectRoot(), from) : undefined;
    if (other !== undefined) return read(other);
    throw new UserError(
      `The passphrase is not that of ${from}. Nothing was copied. Name the file that has it: --from-passphrase <file>`,
    );
  }
}

function readPassphrase(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}. Nothing was copied.`);
  }
}

/** Sets all values, or none: they are all in one file. */
async function writeValues(to: string, values: readonly [name: string, value: string][]): Promise<void> {
  const pulumi = await openEngine(to, 'stderr');
  await ensureStack(pulumi, to);
  const file = join(projectRoot(), settingsFile(to));
  const before = readFileSync(file);
  try {
    for (const [name, value] of values) {
      console.error(`Setting ${name}`);
      await setSecret(pulumi, to, name, value);
    }
  } catch (error) {
    writeFileSync(file, before);
    throw error;
  }
}
