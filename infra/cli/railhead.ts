#!/usr/bin/env node
import { suggest } from '../stack/nearest.ts';
import { UserError } from '../stack/problem.ts';
import { twoColumns } from './two-columns.ts';

/** One file of this folder each. */
const commands = [
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
];

interface Command {
  /** One line: `name [arguments]  what it does`. */
  usage: string;
  /** Gives the exit code. Throws UserError, and what parseArgs throws. */
  run(args: string[]): Promise<number>;
}

// `railhead logs | head` ends when head has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    console.log(await help());
    return 0;
  }
  if (!commands.includes(name)) {
    console.error(`There is no command "${name}": ${suggest(name, commands)}`);
    return 1;
  }
  const command = await load(name);
  if (name !== 'pulumi' && args.some((argument) => ['--help', '-h'].includes(argument))) {
    console.log(usageOf(command));
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof UserError) console.error(error.message);
    else if (isUsageError(error)) console.error(`${firstSentence(error.message)}\n${usageOf(command)}`);
    else throw error;
    return 1;
  }
}

function usageOf({ usage }: Command): string {
  return `Usage: railhead ${usage.replace(/ {2,}/, '  ')}`;
}

/** Node goes on to tell how an argument may begin with a dash, which is nobody's wish here. */
function firstSentence(message: string): string {
  return message.split(/\.\s/, 1)[0]!.replace(/\.?$/, '.');
}

async function help(): Promise<string> {
  const loaded = await Promise.all(commands.map(load));
  const rows = loaded.map(({ usage }): [string, string] => {
    const [form = '', ...text] = usage.split(/ {2,}/);
    return [form, text.join(' ')];
  });
  return ['Usage: railhead <command>', '', ...twoColumns(rows, process.stdout.columns)].join('\n');
}

async function load(name: string): Promise<Command> {
  return (await import(`./${name}.ts`)) as Command;
}

/** What parseArgs of node:util throws for arguments it does not know. */
function isUsageError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
