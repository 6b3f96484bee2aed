import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newCredentials, readCredentials, writeCredentials } from '../../local/credentials.ts';
import { makeFolder, makePassableFolder } from '../../../common/folders.ts';

interface RedisOptions {
  /** The folder of the data, the password and the configuration. */
  folder: string;
  host: string;
  port: number;
}

/** Writes the configuration file (mode 0600, since it contains the password) and creates the password if there is none. */
export function prepareRedis({ folder, host, port }: RedisOptions): { config: string; password: string } {
  makePassableFolder(dirname(folder)); // Postgres, which runs as another user, may keep its data in the same folder.
  makeFolder(folder, 0o700);
  if (!existsSync(join(folder, 'credentials.json'))) {
    writeCredentials(folder, newCredentials(['default']));
  }
  const { default: password } = readCredentials<'default'>(folder);
  const config = join(folder, 'redis.conf');
  writeFileSync(config, redisConfig({ folder, host, port, password }), { mode: 0o600 });
  return { config, password };
}

/**
 * Returns the configuration file. At most one second of acknowledged writes can be lost. When the memory is full, Redis
 * refuses writes and evicts no jobs.
 */
function redisConfig({ folder, host, port, password }: RedisOptions & { password: string }): string {
  return [
    `bind ${host}`,
    `port ${port}`,
    'protected-mode yes',
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    'logfile ""',
    '',
  ].join('\n');
}
