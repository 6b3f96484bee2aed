import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { npmCommand } from '../common/commands.ts';
import { readEnvironment } from '../common/environment.ts';
import { projectRoot } from '../common/roots.ts';
import { defaultEnvironment } from '../common/default-environment.ts';
import { requireSupervisors } from './own-tools.ts';
import { suggest } from '../stack/nearest.ts';
import { UserError } from '../../tools/user-error.ts';
import { environmentPaths } from '../supervisor/paths.ts';
import { LogReader } from '../supervisor/log-reader.ts';
import { fold } from './log-fold.ts';
import type { ServiceLine } from './log-line.ts';
import { forPeople, toJson } from './log-lines.ts';
import { stackOption } from './options.ts';

export const command = new Command('logs')
  .description('Show the log of one service, or of all services.')
  .argument('[service]', 'the service; by default all services')
  .addOption(stackOption())
  .option('-f, --follow', 'print new lines until Ctrl-C')
  .option('-n, --lines <count>', 'print this many of the last lines first', parseCount, 100)
  .option('--json', 'print one JSON object per line, the default in a pipe')
  .action((service, { stack = defaultEnvironment(), lines, follow = false, json = false }) =>
    showLogs(stack, service, { count: lines, follow, json }),
  );

interface Options {
  count: number;
  follow: boolean;
  json: boolean;
}

/** Milliseconds between two reads of the log files. */
const LOOK = 100;

/** Prints the logs of one service or of all services; with `follow` until Ctrl-C. Throws UserError. */
async function showLogs(stack: string, service: string | undefined, options: Options): Promise<void> {
  const { count } = options;
  const format =
    options.json || !process.stdout.isTTY ? toJson : (lines: ServiceLine[]) => forPeople(fold(lines));
  await requireSupervisors(readEnvironment(stack), 'logs', service);
  const folder = environmentPaths(projectRoot(), stack).logs;
  const select = selection(folder, service, stack);

  const readers = new Map<string, LogReader>();
  const history = readAll(folder, select, readers);
  print(count === 0 ? [] : format(history).slice(-count));
  if (options.follow) await follow(() => print(format(readAll(folder, select, readers))));
  for (const reader of readers.values()) reader.close();
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number of lines.');
}

/** Returns a filter for the services to show. Throws UserError if the environment or the service has no logs. */
function selection(folder: string, wanted: string | undefined, stack: string): (service: string) => boolean {
  const services = listServices(folder);
  if (services.length === 0) {
    throw new UserError(`There are no logs: ${stack} has never run. Next: ${npmCommand('up', stack)}`);
  }
  if (wanted === undefined) return () => true;
  if (!services.includes(wanted)) {
    throw new UserError(`There is no log of a service "${wanted}" in ${stack}; ${suggest(wanted, services)}`);
  }
  return (service) => service === wanted;
}

/** Returns all unread lines, sorted by time, also of services whose logs appeared since the last call. */
function readAll(
  folder: string,
  select: (service: string) => boolean,
  readers: Map<string, LogReader>,
): ServiceLine[] {
  for (const service of listServices(folder).filter(select)) {
    if (!readers.has(service)) readers.set(service, new LogReader(join(folder, `${service}.log`)));
  }
  const lines = [...readers].flatMap(([service, reader]) =>
    reader.read().map((line) => ({ ...line, service })),
  );
  return lines.sort((a, b) => (a.time < b.time ? -1 : Number(a.time > b.time)));
}

/** Calls `look` repeatedly until SIGINT or SIGTERM. */
async function follow(look: () => void): Promise<void> {
  const end = new AbortController();
  process.once('SIGINT', () => end.abort());
  process.once('SIGTERM', () => end.abort());
  while (!end.signal.aborted) {
    look();
    await sleep(LOOK, undefined, { signal: end.signal }).catch(() => {}); // Rejects after a signal.
  }
}

function print(lines: string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

function listServices(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => /^(.+)\.log$/.exec(file)?.[1] ?? []);
}
