import { fields } from '../../fields/fields.ts';
import { obeys } from '../../fields/rules.ts';
import { connections, dataFields } from '../fields.ts';
import type { DataConfig, DataKind } from '../kind.ts';
import { sqlContainer } from '../mariadb/container.ts';
import { fixedOptions } from '../mariadb/settings.ts';
import { mysqlOwnerVariables, mysqlVariables } from '../mariadb/variables.ts';
import { settings, settingsRules, withConnections } from '../settings.ts';
import { sqlAddresses, sqlLogins, sqlPasswords } from '../sql.ts';
import { ownArgs } from './settings.ts';

const standardPort = 3306;

/** Default of `max_connections`. */
const standardConnections = 151;

const declared = fields({
  ...dataFields({
    kind: 'mysql',
    versions: ['8.0', '8.4', '9'],
    version: '8.4',
    port: standardPort,
    external: sqlAddresses('MYSQL_URL'),
  }),
  connections: connections(standardConnections),
  settings: settings({
    ...fixedOptions,
    fixed: { ...fixedOptions.fixed, 'mysqlx*': '', secure_file_priv: '' },
  }),
});

const schema = obeys(declared, settingsRules).transform(({ type, ...service }) =>
  withConnections({ kind: type, ...service }),
);

const programs = { folder: 'mysql', client: 'mysql', admin: 'mysqladmin', args: ownArgs };

/** MySQL with one database and the accounts that MariaDB has. It has no nightly backups. */
export const mysql = {
  title: 'MySQL',
  schema,
  image: 'mysql',
  port: standardPort,
  readsOlderData: false,
  scheme: 'mysql',
  otherSchemes: [],
  logins: sqlLogins,
  hasDatabase: true,
  variables: mysqlVariables,
  ownerVariables: mysqlOwnerVariables,
  // Two are for health checks. The server accepts one more, of an administrator.
  connections: { standard: standardConnections, keptFree: 2 },
  passwords: sqlPasswords,
  container: (config: DataConfig, database: string) => sqlContainer(programs, config, database),
  imageFolder: () => '/var/lib/mysql',
  local: () => import('./local/index.ts'),
} satisfies DataKind;
