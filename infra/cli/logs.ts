import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { npmCommand } from '../commands.ts';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { requireProcesses } from './own-tools.ts';
import { suggest } from '../stack/nearest.ts';
import { UserError } from '../stack/problem.ts';
import { environmentPaths } from '../targets/process/paths.ts';
import type { LogLine } from '../targets/process/supervisor/log-reader.ts';
import { LogReader } from '../targets/process/supervisor/log-reader.ts';
import { stackOption } from './options.ts';

export const command = new Command('logs')
  .description('Show the log of one service, or of all.')
  .argument('[service]', 'the service; all of them by default')
  .addOption(stackOption())
  .option('-f, --follow', 'go on as it grows')
  .option('-n, --lines <count>', 'how many of the last lines', parseCount, 100)
  .action((service, { stack = 'dev', lines, follow }) => showLogs(stack, service, lines, follow === true));

/** Milliseconds between two looks at the files. */
const LOOK = 100;
const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

/** Throws UserError. */
async function showLogs(stack: string, service: string | undefined, count: number, goOn: boolean) {
  requireProcesses(readEnvironment(stack), 'logs', service);
  const folder = environmentPaths(repositoryRoot, stack).logs;
  const select = selection(folder, service, stack);

  const readers = new Map<string, LogReader>();
  const history = readAll(folder, select, readers);
  print(count === 0 ? [] : history.slice(-count));
  if (goOn) await follow(() => print(readAll(folder, select, readers)));
  for (const reader of readers.values()) reader.close();
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number of lines.');
}

/** Which services to show. Throws UserError. */
function selection(folder: string, wanted: string | undefined, stack: string): (service: string) => boolean {
  const services = listServices(folder);
  if (services.length === 0) {
    throw new UserError(`There are no logs: ${stack} has never run. Next: ${npmCommand('up', stack)}`);
  }
  if (wanted === undefined) return () => true;
  if (!services.includes(wanted)) {
    throw new UserError(`There is no log of a service "${wanted}" in ${stack}: ${suggest(wanted, services)}`);
  }
  return (service) => service === wanted;
}

/** In the order in which the lines were written; services that are new since the last call are included. */
function readAll(
  folder: string,
  select: (service: string) => boolean,
  readers: Map<string, LogReader>,
): (LogLine & { service: string })[] {
  for (const service of listServices(folder).filter(select)) {
    if (!readers.has(service)) readers.set(service, new LogReader(join(folder, `${service}.log`)));
  }
  const lines = [...readers].flatMap(([service, reader]) =>
    reader.read().map((line) => ({ ...line, service })),
  );
  return lines.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

/** Until Ctrl-C. */
async function follow(look: () => void): Promise<void> {
  const end = new AbortController();
  process.once('SIGINT', () => end.abort());
  process.once('SIGTERM', () => end.abort());
  while (!end.signal.aborted) {
    look();
    await sleep(LOOK, undefined, { signal: end.signal }).catch(() => {}); // Ended by a signal.
  }
}

function print(lines: (LogLine & { service: string })[]): void {
  const text = lines.map(({ service, source, text: line }) => {
    const prefix = (source === 'supervisor' ? `${service}:` : source).padEnd(12);
    return `${styleText(colourOf(service), prefix, { stream: process.stdout })} ${line}\n`;
  });
  if (text.length > 0) process.stdout.write(text.join(''));
}

/** The same one every time. */
function colourOf(service: string): (typeof COLOURS)[number] {
  const sum = [...service].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return COLOURS[sum % COLOURS.length] ?? 'cyan';
}

function listServices(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^(.+)\.log$/.exec(file)?.[1] ?? []);
}
