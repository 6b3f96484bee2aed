import type { DataConfig } from '../kind.ts';
import { dataFolder, secretsFolder, shell, type DataContainer } from '../container.ts';

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

/**
 * Returns a Redis container with a password. At most one second of acknowledged writes can be lost. When the memory is
 * full, Redis refuses writes.
 */
export function redisContainer({ version, port, resources }: DataConfig): DataContainer {
  const password = { passwordOf: 'default' };
  const memory = resources?.memory;
  const lines = [
    'bind * -::*',
    `port ${port}`,
    'protected-mode yes',
    `dir ${dataFolder}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    ...(memory === undefined ? [] : [`maxmemory ${Math.floor(memory.bytes * dataShare)}`]),
    'daemonize no',
    'logfile ""',
  ];
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
