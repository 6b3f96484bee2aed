import { interpolate } from '@pulumi/pulumi/output.js';
import type { Input } from '@pulumi/pulumi';
import type { DataService } from '../../stack/schema.ts';
import { dataFolder, secretsFolder, shell, type DataContainer } from './data-container.ts';

/** Share of the memory limit for data; the rest is for connections, buffers and the copy while the log is rewritten. */
const dataShare = 0.75;

const ask = `REDISCLI_AUTH="$(cat ${secretsFolder}/password)" timeout 5 redis-cli -p`;

/** Redis with a password; nothing that was acknowledged a second ago is lost, and a full memory refuses writes. */
export function redisContainer({ port, resources }: DataService, password: Input<string>): DataContainer {
  const memory = resources?.memory;
  const config = [
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
    command: ['redis-server', `${secretsFolder}/redis.conf`],
    environment: {},
    port,
    scripts: {},
    secrets: { 'redis.conf': interpolate`${config.join('\n')}\nrequirepass ${password}\n`, password },
    scratch: ['/tmp'],
    probes: {
      // While it reads its log again it answers with an error, but it answers.
      alive: shell(`${ask} ${port} ping | grep -Eq 'PONG|LOADING'`),
      ready: shell(`${ask} ${port} ping | grep -q PONG`),
    },
  };
}
