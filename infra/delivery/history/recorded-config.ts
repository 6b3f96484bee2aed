import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readSettingsFile } from '../../common/environment.ts';
import { looksSecret } from '../../fields/credentials.ts';

export interface ConfigPlace {
  /** Absolute path of the project. */
  root: string;
  /** The file of `--config-file`, relative to the project. */
  configFile?: string | undefined;
}

/** Returns the config of an environment as texts, without secrets. A map or a list becomes JSON. Throws UserError. */
export function recordedConfig(environment: string, place: ConfigPlace): Record<string, string> {
  return Object.fromEntries(
    plainConfig(environment, place)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

/** Returns the keys of config whose values are, or look, secret, so that `recordedConfig` does not have them. */
export function secretKeys(environment: string, place: ConfigPlace): string[] {
  return plainConfig(environment, place).flatMap(([key, value]) => (value === undefined ? [key] : []));
}

function plainConfig(
  environment: string,
  { root, configFile = `Pulumi.${environment}.yaml` }: ConfigPlace,
): [key: string, value: unknown][] {
  const file = readSettingsFile(resolve(root, configFile)) as { config?: Record<string, unknown> } | null;
  return Object.entries(file?.config ?? {}).map(([key, value]) => [key, withoutSecrets(key, value)]);
}

/** Returns whether nothing in a value is encrypted or, by its name or form, a secret in plain text. */
export function isPlain(key: string, value: unknown): boolean {
  return isDeepStrictEqual(withoutSecrets(key, value), value);
}

/** Returns whether a value is a text that Pulumi has encrypted. */
export function isEncrypted(value: unknown): value is { secure: string } {
  return typeof value === 'object' && value !== null && 'secure' in value && typeof value.secure === 'string';
}

/** Returns a value of config without what is encrypted, and without what looks like a credential. */
function withoutSecrets(key: string, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one: unknown) => withoutSecrets(key, one)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return isSecret(key, String(value)) ? undefined : value;
  // Pulumi encrypts a value as `{ secure: … }`.
  if ('secure' in value) return undefined;
  const entries = Object.entries(value).map(([name, inner]) => [name, withoutSecrets(name, inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/**
 * Returns whether a value is a secret that is not encrypted: `pulumi config set` without `--secret`, and `up -c`, leave it in plain
 * text. The names of Railhead's secrets are upper-case.
 */
function isSecret(key: string, value: string): boolean {
  const words = key.replace(/^.*:/, '').replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_');
  return /^railhead:[A-Z]/.test(key) || /kube_?config$/i.test(words) || looksSecret(words, value);
}
