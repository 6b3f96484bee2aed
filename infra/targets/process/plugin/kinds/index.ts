import { freePort } from '../../../docker/plugin/free-port.ts';
import { processLimit } from '../../../docker/plugin/process-limit.ts';
import { readiness } from '../../../docker/plugin/readiness.ts';
import { runOnce } from '../../../docker/plugin/run-once.ts';
import { rollout } from '../../../kubernetes/plugin/rollout.ts';
import type { AnyKind } from '../kind.ts';
import { cron } from './cron.ts';
import { gateway } from './gateway.ts';
import { identity } from './identity.ts';
import { keyPair } from './key-pair.ts';
import { password } from './password.ts';
import { postgres } from './postgres.ts';
import { preDeploy } from './pre-deploy.ts';
import { redis } from './redis.ts';
import { service } from './service.ts';

/** All resource types (`railhead:process:…`, `railhead:generated:…`, `railhead:docker:…`, `railhead:kubernetes:…`) by their last part. */
export const kinds = {
  Service: service,
  Cron: cron,
  PreDeploy: preDeploy,
  Postgres: postgres,
  Redis: redis,
  Gateway: gateway,
  Identity: identity,
  KeyPair: keyPair,
  Password: password,
  RunOnce: runOnce,
  ProcessLimit: processLimit,
  FreePort: freePort,
  Readiness: readiness,
  Rollout: rollout,
} satisfies Record<string, AnyKind>;
