import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { secretCommand } from '../../common/commands.ts';
import type { Environment } from '../../common/environment.ts';
import { tryGit } from '../commits/git.ts';
import { isEncrypted } from '../history/recorded-config.ts';
import type { HistoryRecord } from '../history/record.ts';

interface Settings {
  config?: Record<string, unknown>;
  encryptionsalt?: string;
  secretsprovider?: string;
  encryptedkey?: string;
}

/** Former values of secrets as Pulumi has encrypted them, by key of config, and why one of them cannot come back. */
export interface FormerSecrets {
  values: Record<string, { secure: string }>;
  problems: string[];
}

/** Reports secrets that the stack file of an update needs and that no longer have a value. */
export function goneSecrets(
  { environment, number }: HistoryRecord,
  needed: readonly string[],
  { secrets }: Pick<Environment, 'secrets'>,
  restored: readonly string[],
): string[] {
  return needed
    .filter((name) => !secrets.has(name) && !restored.includes(name))
    .map(
      (name) =>
        `${name}: #${number} of ${environment} needs this secret, and it has no value now. Set it: ${secretCommand(environment, name)}. Or take its former value: --with-secrets ${name}`,
    );
}

/**
 * Reads former values of secrets, encrypted, from the settings file in the commit of an update. The record of the update has only
 * fingerprints, with which the values are verified later.
 */
export async function formerSecrets(
  root: string,
  record: HistoryRecord,
  names: readonly string[],
): Promise<FormerSecrets> {
  const found: FormerSecrets = { values: {}, problems: [] };
  if (names.length === 0) return found;
  const file = `Pulumi.${record.environment}.yaml`;
  const former = await settingsAt(root, record.commit?.hash, file);
  const current = parse(readFileSync(join(root, file), 'utf8'), { logLevel: 'error' }) as Settings;
  for (const name of names) {
    const value = formerValue(record, name, { file, former, current });
    if (typeof value === 'string') {
      found.problems.push(`${name}: its former value cannot be restored: ${value}.`);
    } else {
      found.values[`railhead:${name}`] = value;
    }
  }
  return found;
}

interface SettingsFiles {
  file: string;
  /** As in the commit of the update, or why that cannot be read. */
  former: Settings | string;
  current: Settings;
}

/** Returns the encrypted value that a secret had in an update, or why it cannot be restored. */
function formerValue(
  { environment, number, commit, declared, ending }: HistoryRecord,
  name: string,
  { file, former, current }: SettingsFiles,
): { secure: string } | string {
  const update = `#${number} of ${environment}`;
  if (!declared?.secrets.includes(name)) return `${update} does not use it`;
  if (ending?.fingerprints?.[`secret.${name}`] === undefined) {
    return `${update} has no fingerprint to verify its former value with`;
  }
  if (typeof former === 'string') return former;
  const place = `${file} of commit ${commit?.hash.slice(0, 8)}`;
  if (!hasSameKey(former, current)) return `${place} was encrypted with another key`;
  const value = former.config?.[`railhead:${name}`];
  return isEncrypted(value) ? value : `${place} has no encrypted value of it`;
}

/** Returns the settings file of a commit, or why it cannot be read. */
async function settingsAt(root: string, hash: string | undefined, file: string): Promise<Settings | string> {
  if (hash === undefined) return 'the update has no commit';
  const { code, stdout } = await tryGit(root, ['show', `${hash}:./${file}`]);
  if (code !== 0) return `this clone does not have ${file} of commit ${hash.slice(0, 8)}`;
  return (parse(stdout, { logLevel: 'error' }) ?? {}) as Settings;
}

function hasSameKey(one: Settings, other: Settings): boolean {
  const keyOf = ({ encryptionsalt, secretsprovider, encryptedkey }: Settings) =>
    JSON.stringify([encryptionsalt, secretsprovider, encryptedkey]);
  return keyOf(one) === keyOf(other);
}

type Fingerprints = Readonly<Record<string, string>>;

/** Reports restored values that are not those of the update. */
export function wrongSecrets(
  { number, ending }: HistoryRecord,
  now: Fingerprints,
  restored: readonly string[],
): string[] {
  const then = ending?.fingerprints ?? {};
  return restored
    .filter((name) => now[`secret.${name}`] !== then[`secret.${name}`])
    .map(
      (name) => `${name}: the value in the commit of #${number} is not the one that it was deployed with.`,
    );
}

/** Returns the names of the secrets that have another value than in an update. */
export function changedSecrets({ ending }: HistoryRecord, now: Fingerprints): string[] {
  return Object.entries(ending?.fingerprints ?? {})
    .filter(([key, former]) => key.startsWith('secret.') && key in now && now[key] !== former)
    .map(([key]) => key.replace('secret.', ''))
    .toSorted();
}
