import { coverDocument } from '../../changes/cover-document.ts';
import { differences, keysOf } from '../../changes/sides.ts';
import type { ServiceSnapshot, Snapshot, VariableSnapshot } from '../../changes/snapshot.ts';
import type { HistoryRecord } from '../history/record.ts';
import type { SecretState } from '../secrets/secret-states.ts';
import type { Difference, EnvironmentDiff } from './document.ts';

/** An environment, as its files plan it and as its history says that it runs. */
export interface EnvironmentSide {
  name: string;
  snapshot: Snapshot;
  /** Config of Pulumi by key, without secrets. */
  config: Readonly<Record<string, string>>;
  /** The last update that succeeded. */
  last: HistoryRecord | undefined;
  secrets: readonly SecretState[];
}

/** Compares two environments, by service. What is secret in one of them is hidden in both. */
export function diffEnvironments(before: EnvironmentSide, after: EnvironmentSide): EnvironmentDiff {
  const sides = { before: before.snapshot, after: after.snapshot, places: {} };
  const names = keysOf(before.snapshot.services, after.snapshot.services);
  const services = names.flatMap((service) => serviceDiff(service, before, after) ?? []);
  const gateway = found(below(before, 'gateway.'), below(after, 'gateway.'));
  return coverDocument(sides, {
    version: 1,
    before: before.name,
    after: after.name,
    environment: [
      ...found({ target: before.snapshot.target }, { target: after.snapshot.target }),
      ...found(configOf(before), configOf(after)),
      ...found(textsOf(before.snapshot.shared), textsOf(after.snapshot.shared), 'variables.'),
      ...found(ofSystem(before), ofSystem(after)),
    ],
    services: [...services, ...(gateway.length === 0 ? [] : [{ service: 'gateway', differences: gateway }])],
    secrets: secretDiff(before.secrets, after.secrets),
  } satisfies EnvironmentDiff);
}

/** Returns undefined if both sides have the same. */
function serviceDiff(
  service: string,
  before: EnvironmentSide,
  after: EnvironmentSide,
): EnvironmentDiff['services'][number] | undefined {
  const [old, now] = [before, after].map(({ snapshot }) => snapshot.services[service]);
  if (old === undefined || now === undefined) {
    return { service, only: old === undefined ? 'after' : 'before', differences: [] };
  }
  const path = `services.${service}.`;
  const all = [
    ...found(below(before, path), below(after, path)),
    ...found(textsOf(old.variables), textsOf(now.variables)),
    ...found(artifactOf(old), artifactOf(now)),
    ...found(runs(before, service), runs(after, service)),
  ];
  return all.length === 0 ? undefined : { service, differences: all };
}

type Texts = Readonly<Record<string, string>>;

/** @param prefix the start of the name of each difference */
function found(before: Texts, after: Texts, prefix = ''): Difference[] {
  return differences(before, after).map(({ key, ...values }) => ({ what: `${prefix}${key}`, ...values }));
}

/** Returns the declared values below a path, by the rest of the path. */
function below({ snapshot }: EnvironmentSide, path: string): Texts {
  const inside = Object.entries(snapshot.declared).filter(([key]) => key.startsWith(path));
  return Object.fromEntries(inside.map(([key, text]) => [key.slice(path.length), text]));
}

/** Returns the declared values outside of the services and the gateway. */
function ofSystem({ snapshot }: EnvironmentSide): Texts {
  const isInside = (key: string) => key.startsWith('services.') || key.startsWith('gateway.');
  return Object.fromEntries(Object.entries(snapshot.declared).filter(([key]) => !isInside(key)));
}

/** The stack file and the source of releases always differ. */
function configOf({ config }: EnvironmentSide): Record<string, string> {
  const always = ['railhead:stackFile', 'railhead:target', 'railhead:promotesFrom'];
  return Object.fromEntries(Object.entries(config).filter(([key]) => !always.includes(key)));
}

/** Compares what is declared: the addresses of two environments always differ. */
function textsOf(variables: Readonly<Record<string, VariableSnapshot>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, { text }]) => [name, text]));
}

function artifactOf({ artifact }: ServiceSnapshot): Record<string, string> {
  if (artifact === undefined) return {};
  const { hash, pinned } = artifact;
  return {
    artifact: pinned === undefined ? hash : `${hash} (${pinned.replace(/^.*sha256:/, '').slice(0, 12)})`,
  };
}

function runs({ last }: EnvironmentSide, service: string): Record<string, string> {
  const artifact = last?.release?.[service];
  const name = artifact?.hash ?? artifact?.image;
  return name === undefined ? {} : { runs: name };
}

function secretDiff(
  before: readonly SecretState[],
  after: readonly SecretState[],
): EnvironmentDiff['secrets'] {
  const byName = (secrets: readonly SecretState[]) =>
    Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
  return differences(byName(before), byName(after)).map(({ key, ...values }) => ({ name: key, ...values }));
}
