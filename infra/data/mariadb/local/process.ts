import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { own } from '../../local/folder.ts';
import type { LocalOptions, ServerProcess } from '../../local/server.ts';
import { serverUser } from '../../local/user.ts';
import { fillPasswords } from '../../text.ts';
import { accountsSql } from '../accounts.ts';
import { serverArgs } from '../settings.ts';
import { ensureFolder, type SqlServer } from './folder.ts';
import { waitForGreeting } from './ready.ts';

/** Creates the data of a server with the protocol of MySQL. Returns how it is started. Throws UserError. */
export async function prepareSql(
  server: SqlServer,
  { folder, host, port, database = '', connections, settings, progress }: LocalOptions,
): Promise<ServerProcess> {
  const user = serverUser(server.title, 'mysql');
  const { data, credentials } = await ensureFolder({ folder, server, database, user, progress });
  const accounts = join(folder, 'accounts.sql');
  // The file may belong to the user of an earlier start.
  rmSync(accounts, { force: true });
  writeFileSync(accounts, fillPasswords(accountsSql(database), credentials), { mode: 0o600 });
  own(accounts, user);
  const program = basename(server.executable);
  return {
    command: [
      server.executable,
      // The path of a socket has at most 107 characters, so it is relative to the working directory.
      ...serverArgs({
        address: host,
        port,
        socket: `${program.replace(/d$/, '')}.sock`,
        accounts,
        connections,
        further: settings,
      }),
      `--datadir=${data}`,
      `--pid-file=${join(data, `${program}.pid`)}`,
      ...server.args,
    ],
    cwd: data,
    user,
    stop: { signal: 'SIGTERM', grace: 60 },
    passwords: credentials,
    complete: ({ signal }) => waitForGreeting(server.title, { host, port }, signal),
  };
}
