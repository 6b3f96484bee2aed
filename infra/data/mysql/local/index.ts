import { join } from 'node:path';
import { capture } from '../../../../tools/command.ts';
import { openToOthers, runsAsRoot } from '../../../../tools/tool-cache.ts';
import { pathFolders, resolveExecutable } from '../../../../tools/executables.ts';
import { UserError } from '../../../../tools/user-error.ts';
import { findServer } from '../../local/find.ts';
import { runInitialiser } from '../../local/folder.ts';
import { localServers, type LocalOptions } from '../../local/server.ts';
import type { SystemUser } from '../../local/user.ts';
import { prepareSql } from '../../mariadb/local/process.ts';
import { ownArgs } from '../settings.ts';

/** A MySQL server that is installed on this machine. */
interface MysqlServer {
  /** Absolute path of `mysqld`. */
  executable: string;
  /** For example `8.4.10`. */
  version: string;
  /** Where the server was found, for messages. */
  origin: string;
}

export const servers = localServers(findMysql, ensureMysql, describe);

/** Returns an installed server of a version such as `8.4` or `9`; undefined if there is none. */
function findMysql(version: string): Promise<MysqlServer | undefined> {
  const usual = ['/usr/sbin', '/opt/homebrew/opt/mysql/bin', '/usr/local/mysql/bin'];
  return findServer([...pathFolders(), ...usual], inspect, version);
}

async function ensureMysql(version: string): Promise<MysqlServer> {
  const found = await findMysql(version);
  if (found) return found;
  throw new UserError(
    `MySQL ${version} is not installed on this machine, and no package registry has its server. Put mysqld ${version} on the PATH, write "type: mariadb", to which drivers for MySQL connect, or choose the target docker.`,
  );
}

async function inspect(folder: string): Promise<MysqlServer | undefined> {
  // The server will run as another user, who needs access to its files.
  if (resolveExecutable(folder, 'mysqld') === undefined || (runsAsRoot() && !openToOthers(folder)))
    return undefined;
  const executable = join(folder, 'mysqld');
  const { stdout } = await capture(executable, ['--no-defaults', '--version'], { timeout: 10_000 });
  // MariaDB has a mysqld too.
  const version = stdout.includes('MariaDB') ? undefined : /Ver (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  return version === undefined ? undefined : { executable, version, origin: `in ${folder}` };
}

function describe({ executable, version: description, origin }: MysqlServer, version: string) {
  const server = {
    ...{ title: 'MySQL', executable, version, args: ownArgs },
    bootstrap: (data: string, user: SystemUser | undefined) =>
      runInitialiser([executable, '--no-defaults', '--initialize-insecure', `--datadir=${data}`], {
        data,
        user,
        task: 'the system tables',
      }),
  };
  return { description, origin, prepare: (options: LocalOptions) => prepareSql(server, options) };
}
