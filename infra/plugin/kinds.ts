import { canaryBegin } from '../targets/docker/kinds/canary-begin.ts';
import { canary } from '../targets/docker/kinds/canary.ts';
import { files } from '../targets/docker/kinds/files.ts';
import { freePort } from '../targets/docker/kinds/free-port.ts';
import { localImage } from '../targets/docker/kinds/local-image.ts';
import { processLimit } from '../targets/docker/kinds/process-limit.ts';
import { readiness } from '../targets/docker/kinds/readiness.ts';
import { runOnce } from '../targets/docker/kinds/run-once.ts';
import { rolloutBegin } from '../targets/kubernetes/kinds/rollout-begin.ts';
import { rollout } from '../targets/kubernetes/kinds/rollout.ts';
import type { AnyKind } from '../provider/kind.ts';
import { cron } from '../targets/process/kinds/cron.ts';
import { dataServers } from '../targets/process/kinds/data-server.ts';
import { gateway } from '../targets/process/kinds/gateway.ts';
import { identity } from '../provider/generated/identity.ts';
import { keyPair } from '../provider/generated/key-pair.ts';
import { password } from '../provider/generated/password.ts';
import { release } from '../provider/generated/release.ts';
import { preDeploy } from '../targets/process/kinds/pre-deploy.ts';
import { service } from '../targets/process/kinds/service.ts';

/** All resource types (`railhead:process:…`, `railhead:generated:…`, `railhead:docker:…`, `railhead:kubernetes:…`) by their last part. */
export const kinds = {
  Service: service,
  Cron: cron,
  PreDeploy: preDeploy,
  ...dataServers,
  Gateway: gateway,
  Identity: identity,
  KeyPair: keyPair,
  Password: password,
  Release: release,
  RunOnce: runOnce,
  ProcessLimit: processLimit,
  FreePort: freePort,
  Files: files,
  LocalImage: localImage,
  Readiness: readiness,
  CanaryBegin: canaryBegin,
  Canary: canary,
  RolloutBegin: rolloutBegin,
  Rollout: rollout,
} satisfies Record<string, AnyKind>;
