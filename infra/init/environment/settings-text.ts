import { isMap, parseDocument, type YAMLMap } from 'yaml';
import { settingsOfOneEnvironment } from '../../common/environment.ts';
import { isPlain } from '../../delivery/history/recorded-config.ts';

/** What differs between the settings of a new environment and those that it begins with. */
export interface OwnSettings {
  /** Path of its stack file, relative to the project. */
  stackFile: string;
  /** The environment that it begins with. */
  from: string;
  /** Its target, if that is another one. */
  target: string | undefined;
}

export interface Settings {
  text: string;
  /** Keys with secret values, which each environment has for itself. */
  secrets: string[];
  /** Whether Pulumi ESC gives the former environment more config. */
  hasEsc: boolean;
}

/**
 * Returns the text of `Pulumi.<env>.yaml` for a new environment, made of the text of another one. Plain config and comments stay.
 * Secrets, and the keys that encrypt them, do not.
 */
export function settingsText(source: string, { stackFile, from, target }: OwnSettings): Settings {
  const document = parseDocument<YAMLMap, false>(source, { logLevel: 'error' });
  const hasEsc = document.has('environment');
  for (const key of ['encryptionsalt', 'encryptedkey', 'environment']) document.delete(key);
  const config: unknown = document.get('config');
  if (!isMap(config)) throw new Error('The settings were read before.');
  const values = config.toJSON() as Record<string, unknown>;
  const secrets = Object.keys(values).filter((key) => !isPlain(key, values[key]));
  const own = settingsOfOneEnvironment.map((key) => `railhead:${key}`);
  // Another target can be outside of this machine, where a public passphrase protects nothing.
  const gone = [...own, ...secrets, ...(target === undefined ? [] : ['railhead:ownMachine'])];
  for (const key of gone) config.delete(key);
  config.set('railhead:stackFile', stackFile);
  if (target !== undefined) config.set('railhead:target', target);
  config.set('railhead:promotesFrom', from);
  return { text: document.toString({ lineWidth: 0 }), secrets, hasEsc };
}
