import * as z from 'zod';
import { packageFile } from '../../common/roots.ts';
import { fields } from '../../fields/fields.ts';
import { secretsFolder } from '../container.ts';
import { connections, dataFields, onlyOwnServer } from '../fields.ts';
import type { DataKind } from '../kind.ts';
import { postgresContainer } from './container.ts';
import { database, directHost, directPort, directUrl, host, password, port, url, user } from '../parts.ts';
import { keptFree, poolerPort } from '../pooler/pooler.ts';
import { obeys } from '../../fields/rules.ts';
import { settings, settingsRules, withConnections } from '../settings.ts';
import { sqlAddresses, sqlLogins, sqlPasswords } from '../sql.ts';
import { extensions } from './extensions.ts';
import { fixedOptions } from './settings.ts';

const script = (file: string) => packageFile(`infra/data/postgres/backup/${file}`);

const standardPort = 5432;

/** Default of `max_connections`. */
const standardConnections = 100;

const declared = fields({
  ...dataFields({
    kind: 'postgres',
    versions: ['14', '15', '16', '17', '18'],
    version: '17',
    port: standardPort,
    external: sqlAddresses('DATABASE_URL'),
  }),
  connections: connections(standardConnections),
  settings: settings(fixedOptions),
  extensions,
  pooler: z
    .boolean('true or false')
    .transform((isOn) => (isOn ? poolerPort : undefined))
    .optional()
    .describe(
      'Also runs PgBouncer, in transaction mode, for this server. DATABASE_URL and the other addresses lead to it; DIRECT_URL and OWNER_URL lead to the server itself.',
    ),
});

const schema = obeys(declared, [
  ...settingsRules,
  onlyOwnServer('extensions'),
  onlyOwnServer('pooler'),
]).transform(({ type, ...service }) => withConnections({ kind: type, ...service }));

/** Postgres with one database and three roles: `owner` of the tables, `app` for rows, `readonly` for reading them. */
export const postgres = {
  title: 'Postgres',
  schema,
  image: 'postgres',
  kept: {
    'pgvector/pgvector': { extensions: ['vector'] },
    'postgis/postgis': { extensions: ['postgis'] },
  },
  port: standardPort,
  readsOlderData: false,
  scheme: 'postgres',
  otherSchemes: ['postgresql'],
  logins: sqlLogins,
  hasDatabase: true,
  variables: {
    DATABASE_URL: url('app'),
    READONLY_URL: url('readonly'),
    OWNER_URL: directUrl('owner'),
    OWNER_USER: user('owner'),
    OWNER_PASSWORD: password('owner'),
    PGHOST: host,
    PGPORT: port,
    PGUSER: user('app'),
    PGPASSWORD: password('app'),
    PGDATABASE: database,
    DIRECT_URL: directUrl('app'),
    DIRECT_HOST: directHost,
    DIRECT_PORT: directPort,
  },
  passwords: sqlPasswords,
  container: postgresContainer,
  imageFolder: (version) => (Number(version) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data'),
  backup: {
    scripts: { 'backup.sh': script('backup.sh'), 'restore.sh': script('restore.sh') },
    environment: ({ host, port, database }) => ({
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: 'postgres',
      PGDATABASE: database,
      SECRETS: secretsFolder,
    }),
  },
  local: () => import('./local/index.ts'),
  ownerVariables: {
    URL: 'OWNER_URL',
    DATABASE_URL: 'OWNER_URL',
    PGUSER: 'OWNER_USER',
    PGPASSWORD: 'OWNER_PASSWORD',
  },
  directVariables: {
    HOST: 'DIRECT_HOST',
    PORT: 'DIRECT_PORT',
    PRIVATE_DOMAIN: 'DIRECT_HOST',
    RAILWAY_PRIVATE_DOMAIN: 'DIRECT_HOST',
    PGHOST: 'DIRECT_HOST',
    PGPORT: 'DIRECT_PORT',
  },
  connections: { standard: standardConnections, keptFree },
} satisfies DataKind;
