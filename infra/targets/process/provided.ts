import type { Input } from '@pulumi/pulumi';
import { fillTemplate } from '../../graph/values.ts';
import type { ProvidedReference } from '../../graph/types.ts';
import type { KeyPair, Postgres, Redis } from './resources.ts';

/** Values of provided variables by name. */
export type ProvidedValues = Record<string, Input<string>>;

export interface Address {
  host: string;
  port: number;
}

/** What a service of code has; `undefined` where it lacks it. */
export interface CodeParts {
  host: string;
  port: number | undefined;
  /** The gateway's address where one of its routes leads to the service. */
  publicAddress: Address | undefined;
  /** Absolute folder. */
  volume: string | undefined;
  keys: KeyPair | undefined;
}

export function codeValues({ host, port, publicAddress, volume, keys }: CodeParts): ProvidedValues {
  return {
    ...(port !== undefined && { ...addressValues({ host, port }), URL: urlOf({ host, port }) }),
    ...(publicAddress !== undefined && {
      PUBLIC_URL: urlOf(publicAddress),
      PUBLIC_DOMAIN: domainOf(publicAddress),
      RAILWAY_PUBLIC_DOMAIN: domainOf(publicAddress),
    }),
    ...(volume !== undefined && { RAILWAY_VOLUME_MOUNT_PATH: volume }),
    ...(keys !== undefined && { IDENTITY_KEY: keys.privateKey, IDENTITY_PUBLIC_KEY: keys.publicKey }),
  };
}

export function postgresValues(address: Address, database: string, server: Postgres): ProvidedValues {
  const url = (role: string, password: Input<string>) =>
    withPassword(`postgres://${role}:`, password, `@${domainOf(address)}/${database}`);
  const appUrl = url('app', server.appPassword);
  return {
    ...addressValues(address),
    URL: appUrl,
    DATABASE_URL: appUrl,
    READONLY_URL: url('readonly', server.readonlyPassword),
    OWNER_URL: url('owner', server.ownerPassword),
    PGHOST: address.host,
    PGPORT: String(address.port),
    PGUSER: 'app',
    PGPASSWORD: server.appPassword,
    PGDATABASE: database,
  };
}

export function redisValues(address: Address, server: Redis): ProvidedValues {
  const url = withPassword('redis://default:', server.password, `@${domainOf(address)}`);
  return {
    ...addressValues(address),
    URL: url,
    REDIS_URL: url,
    REDISHOST: address.host,
    REDISPORT: String(address.port),
    REDISUSER: 'default',
    REDISPASSWORD: server.password,
  };
}

export function urlOf(address: Address): string {
  return `http://${domainOf(address)}`;
}

function addressValues({ host, port }: Address): ProvidedValues {
  return { HOST: host, PORT: String(port), PRIVATE_DOMAIN: host, RAILWAY_PRIVATE_DOMAIN: host };
}

function domainOf({ host, port }: Address): string {
  return `${host}:${port}`;
}

function withPassword(before: string, password: Input<string>, after: string): Input<string> {
  const hole: ProvidedReference = { kind: 'provided', service: '', name: 'password' };
  return fillTemplate([before, hole, after], () => password);
}
