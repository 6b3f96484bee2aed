import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { own } from '../../local/folder.ts';
import { localServers, type LocalOptions, type ServerProcess } from '../../local/server.ts';
import { serverUser } from '../../local/user.ts';
import { fillPasswords } from '../../text.ts';
import { accountsSql } from '../accounts.ts';
import { serverArgs } from '../settings.ts';
import { ensureMariadb, findMariadb, type MariadbServer } from './find.ts';
import { ensureFolder, shareArgs } from './folder.ts';
import { waitForGreeting } from './ready.ts';

export const servers = localServers(findMariadb, ensureMariadb, describe);

function describe(server: MariadbServer, version: string) {
  const { version: description, origin } = server;
  return { description, origin, prepare: (options: LocalOptions) => prepare(server, version, options) };
}

async function prepare(
  server: MariadbServer,
  version: string,
  { folder, host, port, database = '', connections, settings, progress }: LocalOptions,
): Promise<ServerProcess> {
  const user = serverUser('MariaDB', 'mysql');
  const { data, credentials } = await ensureFolder({ folder, server, version, database, user, progress });
  const accounts = join(folder, 'accounts.sql');
  // The file may belong to the user of an earlier start.
  rmSync(accounts, { force: true });
  writeFileSync(accounts, fillPasswords(accountsSql(database), credentials), { mode: 0o600 });
  own(accounts, user);
  return {
    command: [
      server.executable,
      // The path of a socket has at most 107 characters, so it is relative to the working directory.
      ...serverArgs({
        address: host,
        port,
        socket: 'mariadb.sock',
        accounts,
        connections,
        further: settings,
      }),
      `--datadir=${data}`,
      `--pid-file=${join(data, 'mariadbd.pid')}`,
      ...shareArgs(server.share),
    ],
    cwd: data,
    user,
    stop: { signal: 'SIGTERM', grace: 60 },
    passwords: credentials,
    complete: ({ signal }) => waitForGreeting({ host, port }, signal),
  };
}
