import { fields } from '../../fields/fields.ts';
import { connections, dataFields } from '../fields.ts';
import type { DataKind } from '../kind.ts';
import { database, host, password, port, url, user } from '../parts.ts';
import { obeys } from '../../fields/rules.ts';
import { settings, settingsRules, withConnections } from '../settings.ts';
import { sqlAddresses, sqlLogins, sqlPasswords } from '../sql.ts';
import { backup } from './backup/backup.ts';
import { mariadbContainer } from './container.ts';
import { fixedOptions } from './settings.ts';

const standardPort = 3306;

/** Default of `max_connections`. */
const standardConnections = 151;

const declared = fields({
  ...dataFields({
    kind: 'mariadb',
    versions: ['10.11', '11.4', '11.8'],
    version: '10.11',
    port: standardPort,
    external: sqlAddresses('MARIADB_URL'),
  }),
  connections: connections(standardConnections),
  settings: settings(fixedOptions),
});

const schema = obeys(declared, settingsRules).transform(({ type, ...service }) =>
  withConnections({ kind: type, ...service }),
);

/**
 * MariaDB with one database and three accounts: `owner` of the tables, `app` for rows, `readonly` for reading them. Programs
 * connect with drivers for MySQL, so the variables have the names that Railway gives to MySQL.
 */
export const mariadb = {
  title: 'MariaDB',
  schema,
  mistaken: {
    mysql: 'write "mariadb", to which drivers for MySQL connect; for MySQL itself, use "image"',
  },
  image: 'mariadb',
  port: standardPort,
  readsOlderData: false,
  scheme: 'mysql',
  otherSchemes: ['mariadb'],
  logins: sqlLogins,
  hasDatabase: true,
  variables: {
    MARIADB_URL: url('app'),
    MYSQL_URL: url('app'),
    READONLY_URL: url('readonly'),
    OWNER_URL: url('owner'),
    OWNER_USER: user('owner'),
    OWNER_PASSWORD: password('owner'),
    MYSQLHOST: host,
    MYSQLPORT: port,
    MYSQLUSER: user('app'),
    MYSQLPASSWORD: password('app'),
    MYSQLDATABASE: database,
  },
  ownerVariables: {
    URL: 'OWNER_URL',
    MARIADB_URL: 'OWNER_URL',
    MYSQL_URL: 'OWNER_URL',
    MYSQLUSER: 'OWNER_USER',
    MYSQLPASSWORD: 'OWNER_PASSWORD',
  },
  // One is for a backup and two are for health checks. The server accepts one more, of an administrator.
  connections: { standard: standardConnections, keptFree: 3 },
  passwords: sqlPasswords,
  container: mariadbContainer,
  imageFolder: () => '/var/lib/mysql',
  backup,
  local: () => import('./local/index.ts'),
} satisfies DataKind;
