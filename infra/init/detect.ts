import { parseManifest } from './manifest.ts';
import { imageCommand } from './dockerfile.ts';
import { findGo } from './go.ts';
import { fromCommand, startNode, type Started } from './node.ts';
import { parseProcfile, type ProcfileEntry } from './procfile.ts';
import { fromPythonCommand, startPython } from './python.ts';
import { fromRuntime, startsWithoutNode, unitRuntime } from './runtime.ts';
import type { Repository, Unfit, Unit } from './types.ts';

/** A program of a unit that can become a service. */
export interface Program {
  unit: Unit;
  /** Name of the service before it is made valid and unique. */
  name: string;
  start?: string | undefined;
  build?: string | undefined;
  preDeploy?: string | undefined;
  /** The commands of its runtime, which a stack file can leave out. */
  defaults?: { start?: string | undefined; build?: string | undefined };
  /** The port that its command names. */
  port?: number | undefined;
  /** The port that its tool listens on by default. */
  usualPort?: number | undefined;
  /** Whether it is known not to listen, because it is a worker of a Procfile. */
  isWorker?: true;
  /** Folder of the unit whose code belongs to this program alone; empty for all of it. */
  within: string;
  reason: string;
}

export interface FoundPrograms {
  programs: Program[];
  unfit: Unfit[];
}

/** Finds the programs of a unit: those of its Procfile, else those that its manifest or Dockerfile starts. */
export function findPrograms(unit: Unit, repository: Repository): FoundPrograms {
  const entries = parseProcfile(unit.text('Procfile'));
  if (entries.length > 0) return fromProcfile(entries, unit, repository);
  const detected = unitRuntime(unit, repository);
  if (startsWithoutNode(detected)) return single(fromRuntime(unit, detected, repository), unit, detected);
  const node = startNode(unit, repository);
  if (node !== undefined) return single(node, unit);
  const go = findGo(unit);
  if (go !== undefined) {
    if ('unfit' in go) return { programs: [], unfit: [{ place: unit.folder, reason: go.unfit }] };
    const programs = go.map(({ folder, build, start, reason }) => {
      const name = go.length === 1 ? unit.name : (folder.split('/').at(-2) ?? unit.name);
      const within = go.length === 1 ? '' : folder;
      return { unit, name, build, start, defaults: detected, within, reason };
    });
    return { programs, unfit: [] };
  }
  const started =
    startPython(unit) ?? fromRuntime(unit, detected, repository) ?? fromDockerfile(unit, repository);
  return single(started ?? withoutProgram(unit), unit, detected);
}

function single(started: Started, unit: Unit, defaults: Program['defaults'] = {}): FoundPrograms {
  if (started === undefined) return { programs: [], unfit: [] };
  if ('unfit' in started) return { programs: [], unfit: [{ place: unit.folder, reason: started.unfit }] };
  return { programs: [{ unit, name: unit.name, within: '', defaults, ...started }], unfit: [] };
}

/** Makes each process of a Procfile a program. `release` runs before `web` starts, so it becomes its `preDeploy`. */
function fromProcfile(entries: ProcfileEntry[], unit: Unit, repository: Repository): FoundPrograms {
  const release = entries.find(({ process }) => process === 'release');
  const running = entries.filter((entry) => entry !== release);
  const before = release && fromAnyCommand(release.command, unit, repository, 'Procfile "release"');
  const results = running.map(({ process, command }): FoundPrograms => {
    const source = `Procfile "${process}"`;
    const isWeb = process === 'web';
    const prefix = unit.folder === '.' ? '' : `${unit.name}-`;
    const name = isWeb && (running.length === 1 || unit.folder !== '.') ? unit.name : `${prefix}${process}`;
    const found = fromAnyCommand(command, unit, repository, source) ?? { start: command, reason: source };
    if ('unfit' in found)
      return { programs: [], unfit: [{ place: `${unit.folder} (${process})`, reason: found.unfit }] };
    const preDeploy = isWeb && before !== undefined && 'start' in before ? before.start : undefined;
    return {
      programs: [
        {
          ...{ unit, name, within: '', preDeploy, ...found },
          ...(!isWeb && { isWorker: true as const }),
        },
      ],
      unfit: [],
    };
  });
  return {
    programs: results.flatMap(({ programs }) => programs),
    unfit: results.flatMap(({ unfit }) => unfit),
  };
}

function fromDockerfile(unit: Unit, repository: Repository): Started {
  const command = imageCommand(unit.text('Dockerfile'));
  const found =
    command === undefined ? undefined : fromAnyCommand(command, unit, repository, 'CMD of Dockerfile');
  if (found !== undefined && !('unfit' in found)) return found;
  return unit.files.includes('Dockerfile')
    ? {
        unfit:
          'has only a Dockerfile, and processes start without images; on Docker and Kubernetes write "dockerfile: Dockerfile"',
      }
    : undefined;
}

/** Returns how a command starts, by its language; undefined for a tool of none. */
export function fromAnyCommand(command: string, unit: Unit, repository: Repository, source: string): Started {
  const go = findGo(unit);
  if (go !== undefined && !('unfit' in go)) {
    const [only, more] = go;
    if (only !== undefined && more === undefined)
      return { build: only.build, start: only.start, reason: source };
  }
  const python = fromPythonCommand(command, unit, source);
  if (python !== undefined) return python;
  const isNode = unit.files.includes('package.json') || /^(node|tsx|ts-node|bun) /.test(command);
  return isNode ? fromCommand(command, unit, repository, source) : undefined;
}

/** Reports a package that nothing starts, except the repository's own one, which often only holds tools. */
function withoutProgram(unit: Unit): Started {
  const manifest = parseManifest(unit.text('package.json'));
  return manifest !== undefined && unit.folder !== '.'
    ? { unfit: 'package.json has no script "start"' }
    : undefined;
}
