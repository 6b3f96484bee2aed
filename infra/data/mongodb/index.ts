import { fields } from '../../fields/fields.ts';
import { obeys } from '../../fields/rules.ts';
import { dataFields, dataRules } from '../fields.ts';
import type { DataKind } from '../kind.ts';
import { database, host, password, port, url, user } from '../parts.ts';
import { sqlAddresses, sqlLogins, sqlPasswords } from '../sql.ts';
import { mongodbContainer } from './container.ts';

const standardPort = 27_017;

const declared = fields(
  dataFields({
    kind: 'mongodb',
    versions: ['6', '7', '8'],
    version: '8',
    port: standardPort,
    external: sqlAddresses('MONGO_URL'),
  }),
);

const schema = obeys(declared, dataRules).transform(({ type, ...service }) => ({ kind: type, ...service }));

/**
 * MongoDB as a single server with one database and three accounts: `owner` of the database, `app` for documents, `readonly`
 * for reading them. It is no replica set, so it has no transactions and no change streams, and it has no nightly backups.
 */
export const mongodb = {
  title: 'MongoDB',
  schema,
  mistaken: { mongo: 'write "mongodb"' },
  image: 'mongo',
  port: standardPort,
  readsOlderData: false,
  scheme: 'mongodb',
  otherSchemes: ['mongodb+srv'],
  logins: sqlLogins,
  hasDatabase: true,
  variables: {
    MONGO_URL: url('app'),
    MONGODB_URI: url('app'),
    READONLY_URL: url('readonly'),
    OWNER_URL: url('owner'),
    OWNER_USER: user('owner'),
    OWNER_PASSWORD: password('owner'),
    MONGOHOST: host,
    MONGOPORT: port,
    MONGOUSER: user('app'),
    MONGOPASSWORD: password('app'),
    MONGODATABASE: database,
  },
  ownerVariables: {
    URL: 'OWNER_URL',
    MONGO_URL: 'OWNER_URL',
    MONGODB_URI: 'OWNER_URL',
    MONGOUSER: 'OWNER_USER',
    MONGOPASSWORD: 'OWNER_PASSWORD',
  },
  passwords: sqlPasswords,
  container: mongodbContainer,
  imageFolder: () => '/data/db',
  local: () => import('./local/index.ts'),
} satisfies DataKind;
