import type { Folder } from './folder.ts';
import { runtimeKinds, runtimeNames, type Runtime, type RuntimeName } from './index.ts';

/** Commands of a service in the stack file. */
interface Commands {
  build?: string | undefined;
  start?: string | undefined;
}

/** What a service runs with. Commands that the stack file leaves out are those of the runtime. */
export interface Detected extends Commands {
  runtime: Runtime;
}

/**
 * Determines the runtime of a folder: the one that the stack file names, else that of the program which `start` runs, else that of
 * the first file that marks one. A folder without any of these has Node.
 */
export function detectRuntime(folder: Folder, declared: Runtime | undefined, commands: Commands): Detected {
  const { name, reason } = declared ?? byCommand(commands.start) ?? byFiles(folder, commands) ?? unknown;
  const kind = runtimeKinds[name];
  const version = declared?.version ?? kind.versionIn?.(folder);
  const start = commands.start ?? kind.start?.(folder);
  const build = commands.build ?? kind.build?.(folder, { start });
  return { runtime: { name, version, reason }, build, start };
}

const unknown: Runtime = { name: 'node' };

function byCommand(start: string | undefined): Runtime | undefined {
  for (const program of programsOf(start ?? '')) {
    const name = runtimeNames.find((candidate) => runtimeKinds[candidate].programs.test(program));
    if (name !== undefined) return { name, reason: `"start" runs ${program}` };
  }
  return undefined;
}

function byFiles(folder: Folder, { start }: Commands): Runtime | undefined {
  for (const name of start === undefined ? runtimeNames : []) {
    const reason = runtimeKinds[name].shownBy?.(folder);
    if (reason !== undefined) return { name, reason };
  }
  // Without `start`, a Node program in the folder is what runs, if no other runtime of such programs has a file there.
  const main = ['main.ts', 'main.js'].find((file) => start === undefined && folder.has(file));
  const candidates: RuntimeName[] = main === undefined ? runtimeNames : ['deno', 'bun'];
  const isStarted = (name: RuntimeName) => name !== 'static' || start === undefined;
  for (const name of candidates.filter(isStarted)) {
    const reason = runtimeKinds[name].markers.map((file) => findMarker(folder, file)).find(Boolean);
    if (reason !== undefined) return { name, reason };
  }
  return main === undefined ? undefined : { name: 'node', reason: main };
}

/** Returns the file that a marker names, `*.csproj` the first of its kind; undefined if the folder has none. */
function findMarker(folder: Folder, marker: string): string | undefined {
  if (!marker.startsWith('*')) return folder.has(marker) ? marker : undefined;
  return folder.names('.').find((name) => name.endsWith(marker.slice(1)) && folder.has(name));
}

/** Returns the programs that the commands of a shell line start, without their folders. */
export function programsOf(line: string): string[] {
  return line
    .split(/[;&|()'"\n]+/)
    .map((command) => command.trim().replace(/^((exec|env)\s+|\w+=\S*\s+)+/, ''))
    .map((command) => command.split(/\s/, 1).join(''))
    .map((program) => program.slice(program.lastIndexOf('/') + 1))
    .filter((program) => program !== '');
}
