import { stringify } from 'yaml';
import { settingsOfOneEnvironment } from '../../common/environment.ts';
import { isEncrypted, isPlain } from '../history/recorded-config.ts';
import { writtenBy } from './overlay.ts';

/** What belongs to one environment alone: its place, its name for data, its keys, and what guards it. */
const own = [...settingsOfOneEnvironment, 'stackFile', 'promotesFrom', 'signedBy', 'keyGeneration'];

/** `Pulumi.<env>.yaml` as it is parsed. */
export interface SettingsFile {
  secretsprovider?: unknown;
  encryptionsalt?: unknown;
  encryptedkey?: unknown;
  config?: Record<string, unknown> | null;
}

/**
 * Returns the settings file of a pull request: the plain config of the environment that it is made from, and the secrets that the
 * former settings of the pull request have. Nothing that is encrypted, or looks like a secret, is taken from the environment.
 */
export function settingsText(
  from: SettingsFile,
  former: SettingsFile | undefined,
  { number, stackFile }: { number: number; stackFile: string },
): string {
  const plain = Object.entries(from.config ?? {}).filter(
    ([key, value]) => !own.includes(key.replace(/^railhead:/, '')) && isPlain(key, value),
  );
  const secrets = Object.entries(former?.config ?? {}).filter(([, value]) => isEncrypted(value));
  const { secretsprovider } = from;
  const { encryptionsalt, encryptedkey } = former ?? {};
  const settings = {
    ...(secretsprovider !== undefined && { secretsprovider }),
    ...(encryptionsalt !== undefined && { encryptionsalt }),
    ...(encryptedkey !== undefined && { encryptedkey }),
    config: Object.fromEntries([...plain, ['railhead:stackFile', stackFile], ...secrets]),
  };
  return `${writtenBy(number)}${stringify(settings, { lineWidth: 0 })}`;
}
