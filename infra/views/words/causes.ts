import type { Cause } from '../../changes/model.ts';
import { code, joined, type Phrase, plural, say, some } from '../phrase.ts';
import { connection } from './connection.ts';
import { at, fieldName, type Pair, position, sides } from './names.ts';

/** The first cause as a reference path, and the number of others: `REDIS_URL ← redis.PORT ← stacks/rota.yaml:18, 2 more causes`. */
export function why(causes: readonly Cause[]): Phrase {
  const [first, ...rest] = causes;
  if (first === undefined) return [];
  return rest.length === 0
    ? briefly(first)
    : say`${briefly(first)}, ${rest.length} more ${[rest.length === 1 ? 'cause' : 'causes']}`;
}

/** A cause as a path from what changes to its origin. */
function briefly(cause: Cause): Phrase {
  switch (cause.kind) {
    case 'service':
      return path([[cause.change]], cause);
    case 'field':
      return path([fieldName(cause.path)], cause);
    case 'variable':
      return path([code(cause.name), ...cause.via.slice(0, 4).map(code)], cause);
    case 'secret':
      return say`${valueName(cause.name)} changed`;
    case 'files':
      return files(cause, 1);
    case 'edge':
      return path([say`connection ${cause.from} → ${cause.to} ${[cause.change]}`], cause);
    case 'unexplained':
      return ['no known cause'];
    case 'package':
    case 'build':
    case 'release':
    case 'railhead':
    case 'drift':
      return fully(cause);
  }
}

/** A cause with everything that is known about it. */
export function fully(cause: Cause): Phrase {
  switch (cause.kind) {
    case 'service':
      return say`${[cause.change === 'added' ? 'added to' : 'removed from']} the stack file${at(cause.place)}`;
    case 'field':
      return say`${fieldName(cause.path)}: ${sides(cause)}${at(cause.place)}`;
    case 'variable':
      return path([code(cause.name), ...cause.via.map(code)], cause);
    case 'secret':
      return cause.variables.length === 0
        ? say`${valueName(cause.name)} changed`
        : say`${valueName(cause.name)} changed, which ${some(cause.variables.map(code), 8)} ${[cause.variables.length === 1 ? 'contains' : 'contain']}`;
    case 'files':
      return files(cause, 12);
    case 'package':
      return versions(say`package ${cause.name}`, cause);
    case 'build':
      return build(cause);
    case 'release':
      return versions(say`release ${cause.file}`, cause);
    case 'edge':
      return connection(cause);
    case 'railhead':
      return cause.before === undefined && cause.after === undefined
        ? ['the programs of Railhead changed']
        : versions(['Railhead'], cause);
    case 'drift':
      return cause.before === undefined && cause.after === undefined
        ? say`drift: ${cause.resource} differs from the last update`
        : say`drift: ${cause.resource} ${sides(cause)}`;
    case 'unexplained':
      return say`no known cause for the change of ${some(cause.resources.map(code), 5)}; please report it as a fault of Railhead`;
  }
}

/** A secret of the config, or a value of the Pulumi program: `pulumi.BUCKET`. */
function valueName(name: string): Phrase {
  return name.startsWith('pulumi.') ? say`value ${name}` : say`secret ${name}`;
}

function path(steps: Phrase[], { place }: Extract<Cause, { place?: unknown }>): Phrase {
  return joined([...steps, ...(place === undefined ? [] : [position(place)])], ' ← ');
}

/** `12 files in services/api (src/app.ts, …)`; with more than one name, added and removed files have a sign. */
function files(
  { folder, changed, added, removed }: Extract<Cause, { kind: 'files' }>,
  limit: number,
): Phrase {
  const name = (file: string) => (file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file);
  const all = [
    ...changed.map((file) => code(name(file))),
    ...added.map((file) => say`+${name(file)}`),
    ...removed.map((file) => say`−${name(file)}`),
  ];
  const names = all.length > limit ? say`${joined(all.slice(0, limit))}, …` : joined(all);
  const place = folder === '' ? ['the project'] : code(folder);
  return say`${[plural(all.length, 'file')]} in ${place} (${names})`;
}

/** Matches the setting of a variable of a build, of which only a hash is known. */
const buildVariable = /^argument (\S+): [0-9a-f]{8}$/;

function build(cause: Pair): Phrase {
  const { before, after } = cause;
  if (before === undefined && after === undefined) return ['the build settings changed'];
  const [old, now] = [before, after].map((setting) => buildVariable.exec(setting ?? '')?.[1]);
  const name = old ?? now;
  if (name === undefined) return say`build settings: ${sides(cause)}`;
  if (old === now) return say`build variable ${name}: its value changed`;
  return say`build variable ${name} ${[old === undefined ? 'added' : 'removed']}`;
}

function versions(what: Phrase, { before, after }: Pair): Phrase {
  if (before === undefined) return after === undefined ? say`${what} changed` : say`${what} ${after} added`;
  return after === undefined ? say`${what} ${before} removed` : say`${what} ${before} → ${after}`;
}
