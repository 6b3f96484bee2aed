import { localServers, type LocalOptions } from '../../local/server.ts';
import type { SystemUser } from '../../local/user.ts';
import { bootstrap, shareArgs } from './bootstrap.ts';
import { ensureMariadb, findMariadb, type MariadbServer } from './find.ts';
import { prepareSql } from './process.ts';

export const servers = localServers(findMariadb, ensureMariadb, describe);

function describe(server: MariadbServer, version: string) {
  const { version: description, origin, executable, share } = server;
  const sqlServer = {
    ...{ title: 'MariaDB', executable, version, args: shareArgs(share) },
    bootstrap: (data: string, user: SystemUser | undefined) => bootstrap(server, data, user),
  };
  return { description, origin, prepare: (options: LocalOptions) => prepareSql(sqlServer, options) };
}
