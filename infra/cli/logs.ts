import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, styleText } from 'node:util';
import { readEnvironment, repositoryRoot } from '../environment.ts';
import { requireProcesses } from './own-tools.ts';
import { suggest } from '../stack/nearest.ts';
import { UserError } from '../stack/problem.ts';
import { environmentPaths } from '../targets/process/paths.ts';
import type { LogLine } from '../targets/process/supervisor/log-reader.ts';
import { LogReader } from '../targets/process/supervisor/log-reader.ts';
import { stackOption } from './stack-option.ts';

export const usage =
  'logs [service] [-f] [-n lines] [-s env]  Log of one service or of all; -f goes on as it grows.';

/** Milliseconds between two looks at the files. */
const LOOK = 100;
const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...stackOption,
      follow: { type: 'boolean', short: 'f', default: false },
      lines: { type: 'string', short: 'n', default: '100' },
    },
  });
  requireProcesses(readEnvironment(values.stack), 'logs');
  const count = Number(values.lines);
  if (!/^\d+$/.test(values.lines)) throw new UserError(`-n "${values.lines}" is not a number of lines.`);
  const folder = environmentPaths(repositoryRoot, values.stack).logs;
  const select = selection(folder, positionals, values.stack);

  const readers = new Map<string, LogReader>();
  const history = readAll(folder, select, readers);
  print(count === 0 ? [] : history.slice(-count));
  if (values.follow) await follow(() => print(readAll(folder, select, readers)));
  for (const reader of readers.values()) reader.close();
  return 0;
}

/** Which services to show. Throws UserError. */
function selection(folder: string, positionals: string[], stack: string): (service: string) => boolean {
  const services = listServices(folder);
  const [wanted, ...others] = positionals;
  if (others.length > 0)
    throw new UserError(`One service at a time, or all: "${others.join(' ')}" is too much.`);
  if (services.length === 0) {
    throw new UserError(`There are no logs: ${stack} has never run. Next: npm run up -- -s ${stack}`);
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
