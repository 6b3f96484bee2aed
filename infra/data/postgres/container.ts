import { packageFile } from '../../common/roots.ts';
import type { DataConfig } from '../kind.ts';
import { dataFolder, scriptsFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import { optionArgs } from './settings.ts';
import { passwordFiles, rolesScript } from './roles-script.ts';

const socketFolder = '/var/run/postgresql';

/** Returns a Postgres container, which is ready when `database` and its roles `owner`, `app` and `readonly` exist. */
export function postgresContainer(
  { port, resources, connections, settings, extensions }: DataConfig,
  database: string,
): DataContainer {
  const memory = resources?.memory;
  const options = {
    listen_addresses: '*',
    unix_socket_directories: socketFolder,
    ...(connections !== undefined && { max_connections: connections }),
    ...(memory !== undefined && { shared_buffers: `${Math.floor(memory.bytes / 4 / 1024)}kB` }),
  };
  return {
    command: ['sh', `${scriptsFolder}/start.sh`, ...optionArgs(options, settings)],
    environment: {
      PGDATA: `${dataFolder}/pgdata`,
      PGHOST: socketFolder,
      PGPORT: String(port),
      PGUSER: 'postgres',
      SECRETS: secretsFolder,
    },
    port,
    scripts: {
      'start.sh': packageFile('infra/data/postgres/start.sh'),
      'roles.sql': rolesScript(database, extensions),
    },
    secrets: Object.fromEntries(passwordFiles.map((role) => [role, [{ passwordOf: role }]])),
    // Parallel queries share memory through files of /dev/shm.
    scratch: ['/tmp', socketFolder, '/dev/shm'],
    probes: {
      // pg_isready exits with 1 while the server answers but rejects connections, for example during recovery.
      alive: shell('pg_isready -q || [ $? -eq 1 ]'),
      ready: shell('[ -e /tmp/roles-are-there ] && pg_isready -q'),
    },
  };
}
