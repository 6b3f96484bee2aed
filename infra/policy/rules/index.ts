import type { Policy } from '../define.ts';
import { bindMounts } from './bind-mounts.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { egress } from './egress.ts';
import { gatewayFirst } from './gateway-first.ts';
import { health } from './health.ts';
import { imageDigest } from './image-digest.ts';
import { imageTag } from './image-tag.ts';
import { limits } from './limits.ts';
import { plainSecrets } from './plain-secrets.ts';
import { privateData } from './private-data.ts';
import { protectedData } from './protected-data.ts';
import { replicas } from './replicas.ts';

/** Railhead's own rules, in the order of the documentation. */
export const rules: readonly Policy[] = [
  protectedData,
  privateData,
  gatewayFirst,
  plainSecrets,
  imageTag,
  imageDigest,
  bindMounts,
  limits,
  health,
  egress,
  replicas,
  disruptionBudget,
];
