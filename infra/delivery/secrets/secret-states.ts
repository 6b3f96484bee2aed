import { join } from 'node:path';
import { readSettingsFile } from '../../common/environment.ts';
import type { SecretUse } from '../../graph/secret-users.ts';
import type { HistoryRecord } from '../history/record.ts';

/** A secret of an environment. Its value is not part of it. */
export interface SecretState {
  /** `SMTP_PASSWORD`, or a key of another namespace: `aws:secretKey`. */
  name: string;
  /** `plain`: the config has the value unencrypted. `esc`: Pulumi ESC may have it. */
  value: 'set' | 'plain' | 'missing' | 'esc';
  /** The services that get it. */
  services: string[];
  /** The first update that deployed the present value, as far as the history says. */
  deployed?: { number: number; time: string };
}

/**
 * Lists the secrets that an environment needs or has, sorted by name.
 *
 * @param root absolute path of the project
 * @param records newest first
 */
export function secretStates(
  root: string,
  environment: string,
  uses: readonly SecretUse[],
  records: readonly HistoryRecord[],
): SecretState[] {
  const { config = {}, hasEsc } = readConfig(root, environment);
  const names = new Set([...uses.map(({ name }) => name), ...encryptedIn(config)]);
  return [...names].toSorted().map((name) => {
    const value = config[keyOf(name)];
    const deployed = deployedIn(records, name);
    return {
      name,
      value: hasEncrypted(value) ? 'set' : value !== undefined ? 'plain' : hasEsc ? 'esc' : 'missing',
      services: uses.find((use) => use.name === name)?.services ?? [],
      ...(deployed && { deployed }),
    };
  });
}

/** Returns the names of the secrets that an environment has a value for. */
export function encryptedNames(root: string, environment: string): string[] {
  return encryptedIn(readConfig(root, environment).config);
}

function encryptedIn(config: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(config)
    .filter((key) => hasEncrypted(config[key]))
    .map((key) => key.replace(/^railhead:/, ''));
}

/** Returns the key of a secret in Pulumi's config. */
export function keyOf(name: string): string {
  return name.includes(':') ? name : `railhead:${name}`;
}

function readConfig(root: string, environment: string): { config: Record<string, unknown>; hasEsc: boolean } {
  const file = join(root, `Pulumi.${environment}.yaml`);
  const settings = readSettingsFile(file) as { config?: Record<string, unknown>; environment?: unknown };
  return { config: settings.config ?? {}, hasEsc: settings.environment !== undefined };
}

/** Pulumi encrypts a value as `{ secure: … }`, also within a map or a list. */
function hasEncrypted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'secure' in value || Object.values(value).some(hasEncrypted);
}

/** Returns the first update since which the fingerprint of a secret is that of the last update. */
function deployedIn(records: readonly HistoryRecord[], name: string): SecretState['deployed'] {
  const marks = records.flatMap((record) => {
    const mark = record.ending?.fingerprints?.[`secret.${name}`];
    return record.ending?.fingerprints === undefined ? [] : [{ record, mark }];
  });
  const last = marks[0]?.mark;
  if (last === undefined) return undefined;
  const other = marks.findIndex(({ mark }) => mark !== last);
  const { record } = marks[other === -1 ? marks.length - 1 : other - 1]!;
  return { number: record.number, time: record.ending?.ended ?? record.started };
}
