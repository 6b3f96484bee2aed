import { configCommand, pulumiCommand } from '../common/commands.ts';
import { dataKinds, isDataType } from '../data/index.ts';
import type { ServiceGraph } from '../graph/types.ts';
import type { Finding } from '../stack/finding.ts';
import type { LoadedStack } from '../stack/load.ts';
import { ownVolumes, pathOfData, sharedVolume } from '../stack/volumes.ts';
import { StackError } from '../stack/problem.ts';
import { UserError } from '../../tools/user-error.ts';
import type { Target } from '../targets/shared/target.ts';

const copyGuide = 'infra/data/postgres/README.md';

/** What the data of an environment are kept under, and what is kept: the state holds it from the first `up` on. */
export interface Identity {
  /** Name of the stack when the data were made; namespace, volumes and databases are called after it. */
  stack: string;
  /** By service; a volume of `volumes` by its `id`. */
  data: Record<string, DataRecord>;
}

/** The record that the state holds; an older version has written less of it. */
export interface HeldIdentity extends Partial<Identity> {
  /** The project that the environment belongs to. */
  owner?: string | undefined;
  environment?: string | undefined;
}

export interface DataRecord {
  /** The type of a data service, or `volume` for a folder of code services. */
  type: string;
  /** Empty for a volume. */
  version: string;
  /** Bytes. */
  storage: number;
}

/**
 * The identity that this run has, and the next one will find. `held` is what the last run has left; `chosen` is the
 * config value `identity`. Throws UserError, before anything is touched, where data would be left behind unsaid.
 */
export function keepIdentity(
  graph: ServiceGraph,
  held: HeldIdentity | undefined,
  chosen: string | undefined,
  { place, stack: { name } }: Pick<LoadedStack, 'place' | 'stack'>,
  { newIdentity }: Pick<Target, 'newIdentity'>,
): Identity {
  const { name: stack, environment } = graph;
  if (held?.environment !== undefined && held.environment !== environment) {
    throw environmentRenamed(held.environment, environment);
  }
  // Config with the new name is the user's consent, where the target can do it.
  const consents = chosen === name && newIdentity !== 'refused';
  if (held?.stack !== undefined && held.stack !== stack && !consents) {
    throw renamed(environment, held.stack, stack, newIdentity);
  }
  const data = dataOf(graph);
  const problems = place(dataChanges(held?.data ?? {}, data));
  if (problems.length > 0) throw new StackError(problems);
  return { stack, data };
}

function renamed(
  environment: string,
  before: string,
  now: string,
  newIdentity: Target['newIdentity'],
): UserError {
  const setIdentity = (name: string) => configCommand(environment, 'identity', name);
  const copy = `To copy the databases, see ${copyGuide}`;
  const others = {
    renames: `Or move the data to the new name: ${setIdentity(now)}`,
    leaves: `Or leave them there and begin empty under the new name: ${setIdentity(now)}\n${copy} first.`,
    refused: `Their namespace cannot be renamed. ${copy}.`,
  };
  return new UserError(
    [
      `The stack of ${environment} is called ${JSON.stringify(now)}, but its data are kept under ${JSON.stringify(before)}. Nothing was touched.`,
      `Keep the data where they are: ${setIdentity(before)}`,
      others[newIdentity],
    ].join('\n'),
  );
}

function environmentRenamed(before: string, now: string): UserError {
  return new UserError(
    [
      `The environment is called ${JSON.stringify(now)}, but its data are kept under ${JSON.stringify(before)}. Nothing was touched.`,
      `Rename it back: ${pulumiCommand(now, 'stack', 'rename', before)}`,
      `If you want a second environment, copy Pulumi.${before}.yaml to Pulumi.${now}.yaml afterwards.`,
    ].join('\n'),
  );
}

function dataOf({ services, volumes }: ServiceGraph): Record<string, DataRecord> {
  const volume = (size: { bytes: number }) => ({ type: 'volume', version: '', storage: size.bytes });
  const shared = Object.entries(volumes).map(([name, { size }]): [string, DataRecord] => [
    sharedVolume(name),
    volume(size),
  ]);
  const ofServices = services.flatMap(({ name, form, config }): [string, DataRecord][] => {
    if (form === 'external') return [];
    if (form === 'data') {
      return [[name, { type: config.kind, version: config.version, storage: config.storage.bytes }]];
    }
    return ownVolumes(name, config).map(({ id, size }) => [id, volume(size)]);
  });
  return Object.fromEntries([...ofServices, ...shared]);
}

/** Whether a newer version of a server reads the data of this type. */
function readsOlderData(type: string): boolean {
  return isDataType(type) && dataKinds[type].readsOlderData;
}

export function dataChanges(held: Record<string, DataRecord>, now: Record<string, DataRecord>): Finding[] {
  const added = Object.keys(now).filter((name) => held[name] === undefined);
  return Object.entries(held).flatMap(([name, before]): Finding[] => {
    const after = now[name];
    if (after !== undefined) return changedService(name, before, after);
    const successor = added.find((other) => now[other]?.type === before.type);
    if (successor === undefined) return [];
    const message =
      `would begin empty: the data of ${JSON.stringify(name)} are not those of ${JSON.stringify(successor)}; ` +
      `call it ${JSON.stringify(name)} again, or deploy once without both services to start with empty data`;
    return [{ path: pathOfData(successor), message, ofKey: true }];
  });
}

function changedService(name: string, before: DataRecord, after: DataRecord): Finding[] {
  const add = (field: string, message: string): Finding => ({
    path: [...pathOfData(name), ...field.split('.')],
    message,
  });
  if (before.type !== after.type) {
    const message = `the data under this name are of type ${before.type}; give the ${after.type} another name`;
    return [add('type', message)];
  }
  const findings: Finding[] = [];
  const older = Number(after.version) < Number(before.version);
  if (before.version !== after.version && (!readsOlderData(before.type) || older)) {
    const message = `the data are of ${before.type} ${before.version}, which ${after.version} does not read; write "${before.version}", or add a service of version ${after.version} and copy the data into it`;
    findings.push(add('version', message));
  }
  if (after.storage < before.storage) {
    const message = `a disk does not shrink: it has ${before.storage} bytes and would get ${after.storage}; leave it as it was`;
    findings.push(
      add(after.type !== 'volume' ? 'storage' : name.includes('.') ? 'size' : 'volume.size', message),
    );
  }
  return findings;
}
