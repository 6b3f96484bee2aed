import type { DataConfig } from '../kind.ts';
import { dataFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import { redisConfig } from './settings.ts';

/** Share of the memory limit for data. The rest is for connections, buffers and the copy during a rewrite of the log. */
const dataShare = 0.75;

const config = `${secretsFolder}/redis.conf`;

/** Starts Redis with the modules of its image: since version 8, they have the types and commands of Redis Stack. */
const withModules = [
  `set -- redis-server ${config}`,
  'for module in /usr/local/lib/redis/modules/*.so; do',
  '  [ ! -x "$module" ] || set -- "$@" --loadmodule "$module"',
  'done',
  'exec "$@"',
].join('\n');

const ask = `REDISCLI_AUTH="$(cat ${secretsFolder}/password)" timeout 5 redis-cli -p`;

/** Returns a Redis container with a password. */
export function redisContainer({ version, port, resources, settings }: DataConfig): DataContainer {
  const password = { passwordOf: 'default' };
  const memory = resources?.memory;
  const lines = redisConfig({
    address: '* -::*',
    port,
    folder: dataFolder,
    memory: memory && Math.floor(memory.bytes * dataShare),
    settings,
  });
  return {
    command: Number(version) >= 8 ? shell(withModules) : ['redis-server', config],
    environment: {},
    port,
    scripts: {},
    secrets: {
      'redis.conf': [`${lines.join('\n')}\nrequirepass `, password, '\n'],
      password: [password],
    },
    scratch: ['/tmp'],
    probes: {
      // While Redis loads its log, it answers with the error LOADING, which means that it is alive.
      alive: shell(`${ask} ${port} ping | grep -Eq 'PONG|LOADING'`),
      ready: shell(`${ask} ${port} ping | grep -q PONG`),
    },
  };
}
