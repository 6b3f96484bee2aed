import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCredentials } from '../../local/credentials.ts';
import type { Settings } from '../../settings.ts';
import { redisConfig } from '../settings.ts';

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
  const { default: password } = ensureCredentials(folder, ['default']);
  const config = join(folder, 'redis.conf');
  const lines = redisConfig({ address: host, port, folder: JSON.stringify(folder), settings });
  writeFileSync(config, [...lines, `requirepass ${password}`, ''].join('\n'), { mode: 0o600 });
  return { config, password };
}
