import { findPrograms, type Program } from './detect.ts';
import { reserved } from '../stack/names.ts';
import { toUnusedLabel } from './names.ts';
import {
  exposedPort,
  findHealth,
  findLoopback,
  findPort,
  findServers,
  nextPort,
  readsPort,
} from './ports.ts';
import type { Detected, Proposal, Repository } from './types.ts';
import { findUnits } from './units.ts';

/** Proposes a service for each program of a repository. Every name and every port occurs once. */
export function proposeServices(repository: Repository): Detected {
  const found = findUnits(repository).map((unit) => findPrograms(unit, repository));
  const names = new Set<string>(reserved);
  const ports = new Map<number, string>();
  const proposals = found
    .flatMap(({ programs }) => programs)
    .map((program) => propose(program, names, ports));
  return { proposals, unfit: found.flatMap(({ unfit }) => unfit) };
}

function propose(program: Program, names: Set<string>, ports: Map<number, string>): Proposal {
  const { unit, start, build, preDeploy, defaults = {}, within, reason } = program;
  const name = toUnusedLabel(program.name, names);
  const wanted = program.isWorker ? undefined : portOf(program);
  const port = wanted && freePort(wanted.port, name, ports);
  const health = wanted && findHealth(unit, within);
  return {
    name,
    source: unit.folder,
    build: build === defaults.build ? undefined : build,
    start: start === defaults.start ? undefined : start,
    preDeploy,
    port: port?.number,
    health: health?.path,
    hasDockerfile: unit.files.includes('Dockerfile'),
    reasons: [
      reason,
      wanted === undefined ? 'no port' : `port ${wanted.port} (${wanted.reason})${port?.note ?? ''}`,
      ...(health === undefined ? [] : [`health ${health.path} (${health.place})`]),
    ],
    advice: adviceFor(program, name, wanted),
  };
}

/** Returns what the user has to change before the service can run: in its code, or in the stack file. */
function adviceFor(program: Program, name: string, wanted: Wanted | undefined): string[] {
  const { unit, within, start } = program;
  const loopback = wanted && !usesHost(start) ? findLoopback(unit, within) : undefined;
  const at = (place: string) => inFolder(program, place);
  const fixed = wanted?.fixed;
  return [
    ...(fixed === undefined
      ? []
      : [`${at(fixed)} listens on the fixed port ${wanted?.port}: use the variable PORT`]),
    ...(loopback === undefined
      ? []
      : [`${at(loopback.place)} listens on ${loopback.host}: use the variable HOST`]),
    ...findServers(unit, within).map(
      ({ variable, place }) =>
        `${at(place)} reads ${variable}: set it in the stack file, below "variables" of ${name}`,
    ),
  ];
}

interface Wanted {
  port: number;
  reason: string;
  /** Place of the fixed port, if the program listens there whatever PORT contains. */
  fixed?: string;
}

/** Returns the port of a program: from its command, its code, EXPOSE of its Dockerfile, or the default of its tool. */
function portOf({ unit, start = '', port, usualPort, within }: Program): Wanted | undefined {
  const found = findPort(unit, within);
  const exposed = exposedPort(unit.text('Dockerfile'));
  const passesPort = start.includes('$PORT');
  if (found !== undefined && !passesPort) {
    const { place, fixed } = found;
    return { port: found.port, reason: place, ...(fixed && { fixed: place }) };
  }
  if (port !== undefined) return { port, reason: 'in its command' };
  if (exposed !== undefined) return { port: exposed, reason: 'EXPOSE in Dockerfile' };
  if (usualPort !== undefined) return { port: usualPort, reason: 'the usual one' };
  return readsPort(unit, within) || passesPort ? { port: 3000, reason: 'its code reads PORT' } : undefined;
}

function freePort(wanted: number, name: string, ports: Map<number, string>) {
  const number = nextPort(wanted, ports);
  ports.set(number, name);
  return number === wanted
    ? { number }
    : { number, note: `, here ${number}, because ${ports.get(wanted)} has ${wanted}` };
}

function usesHost(start = ''): boolean {
  return start.includes('$HOST');
}

function inFolder({ unit }: Program, place: string): string {
  return unit.folder === '.' ? place : `${unit.folder}/${place}`;
}
