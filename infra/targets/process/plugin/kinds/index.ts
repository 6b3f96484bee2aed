import type { AnyKind } from '../kind.ts';
import { cron } from './cron.ts';
import { gateway } from './gateway.ts';
import { keyPair } from './key-pair.ts';
import { postgres } from './postgres.ts';
import { preDeploy } from './pre-deploy.ts';
import { redis } from './redis.ts';
import { service } from './service.ts';

/** Every resource type `railhead:process:<name>`. */
export const kinds = {
  Service: service,
  Cron: cron,
  PreDeploy: preDeploy,
  Postgres: postgres,
  Redis: redis,
  Gateway: gateway,
  KeyPair: keyPair,
} satisfies Record<string, AnyKind>;
