import { fields } from '../../fields/fields.ts';
import { connections, dataFields } from '../fields.ts';
import type { DataKind } from '../kind.ts';
import { url } from '../parts.ts';
import { obeys } from '../../fields/rules.ts';
import { settings, settingsRules, withConnections } from '../settings.ts';
import { sqlAddresses, sqlLogins, sqlPasswords } from '../sql.ts';
import { backup } from './backup/backup.ts';
import { mariadbContainer } from './container.ts';
import { fixedOptions } from './settings.ts';
import { mysqlOwnerVariables, mysqlVariables } from './variables.ts';

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
  image: 'mariadb',
  port: standardPort,
  readsOlderData: false,
  scheme: 'mysql',
  otherSchemes: ['mariadb'],
  logins: sqlLogins,
  hasDatabase: true,
  variables: { MARIADB_URL: url('app'), ...mysqlVariables },
  ownerVariables: { MARIADB_URL: 'OWNER_URL', ...mysqlOwnerVariables },
  // One is for a backup and two are for health checks. The server accepts one more, of an administrator.
  connections: { standard: standardConnections, keptFree: 3 },
  passwords: sqlPasswords,
  container: mariadbContainer,
  imageFolder: () => '/var/lib/mysql',
  backup,
  local: () => import('./local/index.ts'),
} satisfies DataKind;
