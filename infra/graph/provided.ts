import type { Service } from '../stack/schema.ts';

/** What a service offers to others without declaring it. */
export interface Provided {
  /** The value must not be shown. */
  secret: boolean;
  /** Who uses it connects to the service: a start-order edge and a network permission. */
  edge: boolean;
  /**
   * Offered only by a service with a port, a volume, a gateway route or a known number of connections, or only inside the
   * service.
   */
  needs?: 'port' | 'volume' | 'route' | 'self' | 'connections';
}

const address: Provided = { secret: false, edge: true };
const credential: Provided = { secret: true, edge: true };
const ifPort: Provided = { secret: false, edge: true, needs: 'port' };
const ifRoute: Provided = { secret: false, edge: false, needs: 'route' };

const code: Record<string, Provided> = {
  HOST: ifPort,
  PORT: ifPort,
  URL: ifPort,
  PRIVATE_DOMAIN: ifPort,
  RAILWAY_PRIVATE_DOMAIN: ifPort,
  PUBLIC_URL: ifRoute,
  PUBLIC_DOMAIN: ifRoute,
  RAILWAY_PUBLIC_DOMAIN: ifRoute,
  // Where a volume is depends on the target: a folder of the machine for a process.
  RAILWAY_VOLUME_MOUNT_PATH: { secret: false, edge: false, needs: 'volume' },
  IDENTITY_KEY: { secret: true, edge: false, needs: 'self' },
  IDENTITY_PUBLIC_KEY: { secret: false, edge: false },
};

const server: Record<string, Provided> = {
  HOST: address,
  PORT: address,
  URL: credential,
  PRIVATE_DOMAIN: address,
  RAILWAY_PRIVATE_DOMAIN: address,
};

/** What `${{gateway.NAME}}` can name. Services verify with `PUBLIC_KEYS` (SPKI PEM) that a request is the gateway's. */
export const providedByGateway: Record<string, Provided> = {
  PUBLIC_KEYS: { secret: false, edge: false },
};

/** Every provided variable, by the kind of service that has it. */
export const provided: Record<Service['kind'], Record<string, Provided>> = {
  source: code,
  image: code,
  postgres: {
    ...server,
    DATABASE_URL: credential,
    READONLY_URL: credential,
    OWNER_URL: credential,
    OWNER_USER: address,
    OWNER_PASSWORD: credential,
    PGHOST: address,
    PGPORT: address,
    PGUSER: address,
    PGPASSWORD: credential,
    PGDATABASE: address,
    POOL_SIZE: { ...address, needs: 'connections' },
  },
  redis: {
    ...server,
    REDIS_URL: credential,
    REDISHOST: address,
    REDISPORT: address,
    REDISUSER: address,
    REDISPASSWORD: credential,
  },
};
