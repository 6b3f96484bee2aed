import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newCredentials, readCredentials, writeCredentials } from '../../local/credentials.ts';
import type { Settings } from '../../settings.ts';
import { redisConfig } from '../settings.ts';
import { makeFolder, makePassableFolder } from '../../../common/folders.ts';

interface RedisOptions {
  /** The folder of the data, the password and the configuration. */
  folder: string;
  host: string;
  port: number;
  settings: Settings | undefined;
}

/** Writes the configuration file (mode 0600, since it contains the password) and creates the password if there is none. */
export function prepareRedis({ folder, host, port, settings }: RedisOptions): {
  config: string;
  password: string;
} {
  makePassableFolder(dirname(folder)); // Postgres, which runs as another user, may keep its data in the same folder.
  makeFolder(folder, 0o700);
  if (!existsSync(join(folder, 'credentials.json'))) {
    writeCredentials(folder, newCredentials(['default']));
  }
  const { default: password } = readCredentials<'default'>(folder);
  const config = join(folder, 'redis.conf');
  const lines = redisConfig({ address: host, port, folder: JSON.stringify(folder), settings });
  writeFileSync(config, [...lines, `requirepass ${password}`, ''].join('\n'), { mode: 0o600 });
  return { config, password };
}
