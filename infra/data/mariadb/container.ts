import { packageFile } from '../../common/roots.ts';
import { dataFolder, scriptsFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import type { DataConfig } from '../kind.ts';
import { accountsSql } from './accounts.ts';
import { serverArgs } from './settings.ts';

const socketFolder = '/run/mysqld';
const socket = `${socketFolder}/mysqld.sock`;

/** What distinguishes the containers of servers with the protocol of MySQL. */
interface SqlPrograms {
  /** The folder in `infra/data` with `start.sh`. */
  folder: string;
  /** The client, and the program for administrators. */
  client: string;
  admin: string;
  /** Options in addition to those of every server. */
  args: string[];
}

const mariadb = { folder: 'mariadb', client: 'mariadb', admin: 'mariadb-admin', args: [] };

export function mariadbContainer(config: DataConfig, database: string): DataContainer {
  return sqlContainer(mariadb, config, database);
}

/** Returns a container. The server accepts connections once `database` and its accounts exist. */
export function sqlContainer(
  { folder, client, admin, args }: SqlPrograms,
  { port, resources, connections, settings }: DataConfig,
  database: string,
): DataContainer {
  return {
    command: [
      'sh',
      `${scriptsFolder}/start.sh`,
      ...serverArgs({
        address: '0.0.0.0',
        port,
        socket,
        accounts: `${secretsFolder}/accounts.sql`,
        connections,
        memory: resources?.memory?.bytes,
        further: settings,
      }),
      ...args,
    ],
    environment: { DATADIR: `${dataFolder}/${folder}` },
    port,
    scripts: { 'start.sh': packageFile(`infra/data/${folder}/start.sh`) },
    secrets: {
      'accounts.sql': accountsSql(database),
      ...Object.fromEntries(['superuser', 'owner', 'app'].map((login) => [login, [{ passwordOf: login }]])),
    },
    scratch: ['/tmp', socketFolder],
    probes: {
      alive: [admin, '--no-defaults', `--socket=${socket}`, 'ping'],
      ready: shell(
        `MYSQL_PWD="$(cat ${secretsFolder}/app)" ${client} --no-defaults --socket=${socket} --user=app ${database} -e 'SELECT 1'`,
      ),
    },
  };
}
