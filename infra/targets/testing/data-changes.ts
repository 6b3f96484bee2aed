import type { DataType } from '../../data/index.ts';
import { cluster, code, kubernetes } from './code-changes.ts';
import type { Change } from './field-change.ts';

export const secretUrl = (name: string) => '${{secret.' + name + '}}';
const external = { url: secretUrl('A') };
const changeExternal = (field: object): Change => [{ external }, { external: { ...external, ...field } }];

/** Changes of a data service. */
const data: Record<string, Change[]> = {
  image: [[{ image: 'acme/server:1' }, { image: 'acme/server:2' }]],
  storage: [[{ storage: '1Gi' }, { storage: '2Gi' }]],
  port: [[{ port: 7001 }, { port: 7002 }]],
  'resources.cpu': code['resources.cpu'] ?? [],
  'resources.memory': code['resources.memory'] ?? [],
  'resources.requests.cpu': code['resources.requests.cpu'] ?? [],
  'resources.requests.memory': code['resources.requests.memory'] ?? [],
  ...cluster,
  'kubernetes.storageClass': [kubernetes({ storageClass: 'fast' })],
  'external.url': [changeExternal({ url: secretUrl('B') })],
  'external.network': [changeExternal({ network: '10.0.0.0/8' })],
};

const settings: Change[] = [[{}, { settings: { timeout: 60 } }]];

const externalAccounts: Record<string, Change[]> = {
  'external.readonlyUrl': [changeExternal({ readonlyUrl: secretUrl('B') })],
  'external.ownerUrl': [changeExternal({ ownerUrl: secretUrl('B') })],
};

const database: Record<string, Change[]> = {
  ...data,
  connections: [[{}, { connections: 50 }]],
  settings,
  ...externalAccounts,
};

const keys = {
  url: 'https://s3.example.com',
  bucket: 'photos',
  accessKeyId: secretUrl('A'),
  secretAccessKey: secretUrl('B'),
};
const changeKeys = (field: object): Change => [{ external: keys }, { external: { ...keys, ...field } }];

/** For each type of data service, how its fields change. */
export const ofData: Record<DataType, Record<string, Change[]>> = {
  mariadb: { ...database, version: [[{ version: '10.11' }, { version: '11.4' }]] },
  s3: {
    ...data,
    buckets: [[{ buckets: ['photos'] }, { buckets: ['photos', 'letters'] }]],
    'external.url': [changeKeys({ url: 'https://s4.example.com' })],
    'external.bucket': [changeKeys({ bucket: 'letters' })],
    'external.region': [changeKeys({ region: 'auto' })],
    'external.accessKeyId': [changeKeys({ accessKeyId: secretUrl('C') })],
    'external.secretAccessKey': [changeKeys({ secretAccessKey: secretUrl('C') })],
    'external.network': [changeKeys({ network: '10.0.0.0/8' })],
  },
  mongodb: {
    ...data,
    version: [[{ version: '7' }, { version: '8' }]],
    ...externalAccounts,
  },
  mysql: { ...database, version: [[{ version: '8.0' }, { version: '8.4' }]] },
  postgres: {
    ...database,
    version: [[{ version: '16' }, { version: '17' }]],
    extensions: [[{}, { extensions: ['citext'] }]],
    pooler: [[{}, { pooler: true }]],
  },
  redis: { ...data, settings, version: [[{ version: '7' }, { version: '8' }]] },
};
