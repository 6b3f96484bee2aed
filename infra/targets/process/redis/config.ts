import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { newCredentials, readCredentials, writeCredentials } from '../credentials.ts';
import { makeFolder, makePassableFolder } from '../paths.ts';

interface RedisOptions {
  /** Folder of the data, the password and the configuration. */
  folder: string;
  host: string;
  port: number;
}

/** Writes the configuration file (0600, because the password is in it) and makes the password once. */
export function prepareRedis({ folder, host, port }: RedisOptions): { config: string; password: string } {
  makePassableFolder(dirname(folder)); // A Postgres may keep its data beside it, as another user.
  makeFolder(folder, 0o700);
  if (!existsSync(join(folder, 'credentials.json'))) {
    writeCredentials(folder, newCredentials(['default']));
  }
  const { default: password } = readCredentials<'default'>(folder);
  const config = join(folder, 'redis.conf');
  writeFileSync(config, redisConfig({ folder, host, port, password }), { mode: 0o600 });
  return { config, password };
}

/** Nothing that was acknowledged a second ago is lost, and a full memory refuses writes instead of dropping jobs. */
export function redisConfig({ folder, host, port, password }: RedisOptions & { password: string }): string {
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
