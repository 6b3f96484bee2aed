import { join } from 'node:path';
import { localServers, type LocalOptions, type ServerProcess } from '../../local/server.ts';
import { serverUser } from '../../local/user.ts';
import { optionArgs } from '../settings.ts';
import { ensureCluster } from './cluster.ts';
import { ensurePostgres, findPostgres, type PostgresServer } from './find.ts';
import { ensureRoles } from './roles.ts';

export const servers = localServers(findPostgres, ensurePostgres, describe);

function describe({ bin, version: description, origin }: PostgresServer, version: string) {
  return { description, origin, prepare: (options: LocalOptions) => prepare(bin, version, options) };
}

async function prepare(
  bin: string,
  version: string,
  {
    folder,
    host,
    port,
    database = 'postgres',
    connections,
    settings,
    extensions = [],
    progress,
  }: LocalOptions,
): Promise<ServerProcess> {
  const user = serverUser('Postgres', 'postgres');
  const { data, credentials } = await ensureCluster({ folder, bin, version, user, progress });
  const options = {
    listen_addresses: host,
    port,
    unix_socket_directories: '',
    ...(connections !== undefined && { max_connections: connections }),
  };
  return {
    command: [join(bin, 'postgres'), '-D', data, ...optionArgs(options, settings)],
    cwd: data,
    user,
    // SIGINT is Postgres' fast shutdown: the server rolls back open transactions and closes cleanly.
    stop: { signal: 'SIGINT', grace: 60 },
    passwords: credentials,
    async complete({ progress, signal }) {
      progress('preparing the roles');
      await ensureRoles({ address: { host, port }, credentials, database, extensions, signal });
    },
  };
}
