import { fields } from '../../fields/fields.ts';
import { dataFolder } from '../container.ts';
import { address, dataFields } from '../fields.ts';
import type { DataKind } from '../kind.ts';
import { obeys } from '../../fields/rules.ts';
import { settings, settingsRules } from '../settings.ts';
import { redisContainer } from './container.ts';
import { host, password, port, url, user } from '../parts.ts';
import { fixedOptions } from './settings.ts';

const standardPort = 6379;

const declared = fields({
  ...dataFields({
    kind: 'redis',
    versions: ['6', '7', '8'],
    version: '7',
    port: standardPort,
    external: { url: address.describe('Value of REDIS_URL.') },
  }),
  settings: settings(fixedOptions),
});

const schema = obeys(declared, settingsRules).transform(({ type, ...service }) => ({
  kind: type,
  ...service,
}));

/** Redis with a password. */
export const redis = {
  title: 'Redis',
  schema,
  image: 'redis',
  // Valkey was forked from Redis 7.2, and has no commands of Redis 8.
  kept: { 'valkey/valkey': { version: '7' } },
  port: standardPort,
  readsOlderData: true,
  scheme: 'redis',
  otherSchemes: ['rediss'],
  logins: { default: { user: 'default', output: 'password', field: 'url' } },
  hasDatabase: false,
  variables: {
    REDIS_URL: url('default'),
    REDISHOST: host,
    REDISPORT: port,
    REDISUSER: user('default'),
    REDISPASSWORD: password('default'),
  },
  passwords: { default: '' },
  container: redisContainer,
  imageFolder: () => dataFolder,
  local: () => import('./local/index.ts'),
  ownerVariables: {},
} satisfies DataKind;
