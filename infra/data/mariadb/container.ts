import { packageFile } from '../../common/roots.ts';
import { dataFolder, scriptsFolder, secretsFolder, shell, type DataContainer } from '../container.ts';
import type { DataConfig } from '../kind.ts';
import { accountsSql } from './accounts.ts';
import { serverArgs } from './settings.ts';

const socketFolder = '/run/mysqld';
const socket = `${socketFolder}/mysqld.sock`;

/** Returns a MariaDB container. The server accepts connections once `database` and its accounts exist. */
export function mariadbContainer(
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
    ],
    environment: { DATADIR: `${dataFolder}/mariadb` },
    port,
    scripts: { 'start.sh': packageFile('infra/data/mariadb/start.sh') },
    secrets: {
      'accounts.sql': accountsSql(database),
      ...Object.fromEntries(['superuser', 'owner', 'app'].map((login) => [login, [{ passwordOf: login }]])),
    },
    scratch: ['/tmp', socketFolder],
    probes: {
      alive: ['mariadb-admin', '--no-defaults', `--socket=${socket}`, 'ping'],
      ready: shell(
        `MYSQL_PWD="$(cat ${secretsFolder}/app)" mariadb --no-defaults --socket=${socket} --user=app ${database} -e 'SELECT 1'`,
      ),
    },
  };
}
