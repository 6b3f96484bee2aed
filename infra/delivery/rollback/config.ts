import { recordedConfig, secretKeys } from '../history/recorded-config.ts';

/** A key of config with another value than in a former update. */
export interface ConfigChange {
  key: string;
  before: string | undefined;
  after: string;
}

/** The config of an environment as it is. */
export interface CurrentConfig {
  /** Values that are not secret, by key. */
  plain: Readonly<Record<string, string>>;
  /** Keys whose values are secret. */
  secret: readonly string[];
}

export interface ConfigChanges {
  changes: ConfigChange[];
  /** Keys that differ and stay as they are. */
  kept: string[];
}

/**
 * Compares the plain config of an environment with that of a former update. Only the config of the project comes back: the keys of
 * providers and of Railhead decide where the environment, its state and its data are, and a rotated key must stay rotated. A key that
 * the update did not have stays too, since its value may have been a secret then. So does a key that is a secret now, since its former
 * plain text would replace it, and a map or a list: secrets in it are unknown.
 *
 * @param project the name of the Pulumi project, the namespace of its own config
 */
export function compareConfig(
  { plain: now, secret }: CurrentConfig,
  then: Readonly<Record<string, string>>,
  project: string,
): ConfigChanges {
  const keys = [...new Set([...Object.keys(now), ...Object.keys(then)])].toSorted();
  const differing = keys.filter((key) => key !== 'railhead:stackFile' && now[key] !== then[key]);
  const comesBack = (key: string) =>
    project !== 'railhead' &&
    key.startsWith(`${project}:`) &&
    !secret.includes(key) &&
    [now[key], then[key]].every(isScalar) &&
    then[key] !== undefined;
  return {
    changes: differing.filter(comesBack).map((key) => ({ key, before: now[key], after: then[key] ?? '' })),
    kept: differing.filter((key) => !comesBack(key)),
  };
}

const isScalar = (value = '') => !/^[[{]/.test(value);

/** Returns the config of an environment as it is. Throws UserError. */
export function currentConfig(environment: string, root: string): CurrentConfig {
  return { plain: recordedConfig(environment, { root }), secret: secretKeys(environment, { root }) };
}
