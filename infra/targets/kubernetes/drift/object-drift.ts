import { kubectlCommand } from '../../../common/commands.ts';
import { hiddenValue, isSecretAt, type DeployedResource, type DriftFinding } from '../../shared/drift.ts';
import { differences, isMap, type Difference } from './compare.ts';
import type { Step } from './step.ts';
import type { LiveObject } from './live.ts';
import { changeBy, fieldsSetByHand, lastChangeOf, managersOf } from './managed.ts';
import { textsOf, wordsOf } from './words.ts';

/** Where an object is, for commands. */
export interface ClusterPlace {
  namespace: string;
  /** Flags that name the cluster. */
  flags: string[];
  /** The names of the workloads whose replicas a scaler sets. */
  scaled: readonly string[];
}

/** Returns how an object differs from its resource. */
export function objectFindings(
  resource: DeployedResource,
  live: LiveObject,
  place: ClusterPlace,
): DriftFinding[] {
  const about = aboutOf(resource, live.kind);
  const managers = managersOf(live.metadata);
  const { deployed, found } = sidesOf(resource, live);
  const changed = differences(deployed, found).filter((one) => !isScaled(one, live, place));
  const named = new Set(changed.map(({ path }) => wordsOf(path)));
  const byHand = fieldsSetByHand(managers).map(({ path, manager }) => ({
    path: comparedPath(live, path),
    manager,
  }));
  const added = byHand.filter(
    ({ path }) =>
      valueAt(deployed, path) === undefined &&
      valueAt(found, path) !== undefined &&
      !named.has(wordsOf(path)) &&
      !isScaled({ path }, live, place),
  );
  const edit = kubectlCommand(
    place.namespace,
    place.flags,
    'edit',
    live.kind.toLowerCase(),
    live.metadata.name,
  );
  const finding = (difference: Difference, last: DriftFinding['changed']): DriftFinding => ({
    kind: 'changed',
    ...about,
    what: wordsOf(difference.path),
    ...textsFor(resource, live, difference),
    ...(last && { changed: last }),
    // An update removes only what it has set itself.
    ...(difference.deployed === undefined && { remedy: edit }),
  });
  return [
    ...changed.map((difference) =>
      finding(difference, lastChangeOf(managers, ownPath(live, difference.path))),
    ),
    ...added.map(({ path, manager }) => finding({ path, live: valueAt(found, path) }, changeBy(manager))),
  ];
}

export function aboutOf({ urn, name, service }: DeployedResource, kind: string) {
  return { resource: `${kind} ${name}`, urn, ...(service !== undefined && { service }) };
}

/** The parts of an object that an update sets, in the same form on both sides: texts of a Secret instead of base64. */
function sidesOf({ inputs }: DeployedResource, live: LiveObject) {
  const { apiVersion, kind, metadata, ...rest } = inputs;
  const { labels, annotations } = (metadata ?? {}) as {
    labels?: unknown;
    annotations?: Record<string, unknown>;
  };
  void [apiVersion, kind];
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !name.startsWith('pulumi.com/'));
  const deployed: Record<string, unknown> = {
    ...rest,
    metadata: { labels, annotations: Object.fromEntries(kept) },
  };
  const found: Record<string, unknown> = { ...live };
  if (live.kind === 'Secret') {
    deployed.stringData = { ...decoded(rest.data), ...(rest.stringData as object | undefined) };
    found.stringData = decoded(live.data);
    delete deployed.data;
  }
  return { deployed, found };
}

/** The API server knows the texts of a Secret by their field `data`. */
function ownPath({ kind }: LiveObject, path: Step[]): Step[] {
  return kind === 'Secret' && path[0] === 'stringData' ? ['data', ...path.slice(1)] : path;
}

/** The reverse of `ownPath`. */
function comparedPath({ kind }: LiveObject, path: Step[]): Step[] {
  return kind === 'Secret' && path[0] === 'data' ? ['stringData', ...path.slice(1)] : path;
}

function decoded(data: unknown): Record<string, string> {
  const entries = Object.entries(isMap(data) ? data : {});
  return Object.fromEntries(
    entries.map(([key, value]) => [key, Buffer.from(String(value), 'base64').toString()]),
  );
}

function textsFor(resource: DeployedResource, { kind }: LiveObject, difference: Difference) {
  const texts = textsOf(difference);
  const isSecret =
    (kind === 'Secret' && difference.path[0] !== 'metadata') ||
    isSecretAt(resource, indexPath(resource.inputs, difference.path));
  if (!isSecret) return texts;
  return Object.fromEntries(Object.keys(texts).map((side) => [side, hiddenValue]));
}

function isScaled(
  { path }: Pick<Difference, 'path'>,
  { metadata }: LiveObject,
  { scaled }: ClusterPlace,
): boolean {
  return path.join('.') === 'spec.replicas' && scaled.includes(metadata.name);
}

function valueAt(value: unknown, path: readonly Step[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    if (typeof step === 'number') return valueAt(value[step], rest);
    return valueAt(value[indexOf(value, step)], rest);
  }
  return isMap(value) ? valueAt(value[step], rest) : undefined;
}

/** Returns a path with the index of each element in place of its key, as the state records the paths of secrets. */
function indexPath(value: unknown, path: readonly Step[]): Step[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const found = Array.isArray(value) && typeof step === 'string' ? indexOf(value, step) : step;
  const inner = Array.isArray(value) || isMap(value) ? (value as Record<string, unknown>)[found] : undefined;
  return [found, ...indexPath(inner, rest)];
}

/** Returns the index of the element that a step means; -1 if there is none. */
function indexOf(list: readonly unknown[], step: string): number {
  const key = Object.entries(JSON.parse(step.slice(2)) as Record<string, unknown>);
  return list.findIndex(
    (item) => isMap(item) && key.every(([name, wanted]) => item[name] === undefined || item[name] === wanted),
  );
}
