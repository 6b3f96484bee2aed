import type { Cause, ServiceChange } from '../../changes/model.ts';
import { kindOf } from '../../changes/resource-name.ts';
import { code, type Phrase, plural, say, some } from '../phrase.ts';
import { entriesOf, fieldName, sides } from './names.ts';

/** What changes of a service: `code, LOG_LEVEL, replicas 2 → 3`. */
export function what(change: ServiceChange): Phrase {
  if (change.change === 'new' || change.change === 'removed') return [change.change];
  const parts = [
    ...(change.change === 'replaced' ? [['replaced']] : []),
    ...built(change.causes),
    ...variables(change),
    ...sizes(change),
    ...fields(change),
    ...migrations(change),
    ...other(change.causes),
  ];
  return some(parts.length > 0 ? parts : resources(change), 4);
}

function built(causes: readonly Cause[]): Phrase[] {
  const kinds = new Set(causes.map(({ kind }) => kind));
  const words = {
    files: 'code',
    package: 'packages',
    build: 'build',
    railhead: 'Railhead',
    release: 'release',
  } as const;
  return Object.entries(words).flatMap(([kind, word]) => (kinds.has(kind as Cause['kind']) ? [[word]] : []));
}

function variables({ values, causes }: ServiceChange): Phrase[] {
  const secrets = causes.flatMap((cause) =>
    cause.kind === 'secret' && cause.variables.length === 0 ? [cause.name] : [],
  );
  return [...new Set([...values.map(({ name }) => name), ...secrets])].map(code);
}

function sizes({ size }: ServiceChange): Phrase[] {
  return entriesOf(size).map(([name, pair]) => say`${[name]} ${sides(pair)}`);
}

/** The fields of a size are shown as the size. */
const sized = /^(replicas|resources|storage|volume|image)\b/;
/** Longer values are in the details only. */
const short = 24;

function fields({ causes, size }: ServiceChange): Phrase[] {
  return causes.flatMap((cause) => {
    if (cause.kind !== 'field' || (sized.test(cause.path) && Object.keys(size).length > 0)) return [];
    const isShort = [cause.before, cause.after].every((value) => (value?.length ?? 0) <= short);
    return [isShort ? say`${fieldName(cause.path)} ${sides(cause)}` : fieldName(cause.path)];
  });
}

function migrations(change: ServiceChange): Phrase[] {
  const count = change.migrations?.pending.length ?? 0;
  return count === 0 ? [] : [[plural(count, 'migration')]];
}

function other(causes: readonly Cause[]): Phrase[] {
  const kinds = new Set(causes.map(({ kind }) => kind));
  return [...(kinds.has('edge') ? [['network']] : []), ...(kinds.has('drift') ? [['drift']] : [])];
}

const past = { create: 'new', update: 'changed', replace: 'replaced', delete: 'deleted' };

/** If nothing else is known: what happens to the resources. */
function resources(change: ServiceChange): Phrase[] {
  return change.resources.map(({ type, operation }) => say`${kindOf(type)} ${[past[operation]]}`);
}
