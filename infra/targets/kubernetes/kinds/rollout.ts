import { z } from 'zod';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { awaitRollout } from './await-rollout.ts';

const inputs = placeSchema.extend({
  namespace: z.string().min(1),
  kind: z.enum(['Deployment', 'StatefulSet', 'Job']),
  /** Name of the object. */
  workload: z.string().min(1),
  /** Changes with the spec of the workload. */
  revision: z.string().min(1),
  /** Seconds without progress after which the rollout has failed. */
  timeout: z.int().positive(),
});

export type RolloutInputs = z.infer<typeof inputs>;

/**
 * Waits for the rollout of a workload, and reports why it fails as soon as the cause is known. A failed rollout leaves no
 * resource, so the next update waits again, even if it restores the old files.
 */
export const rollout: Kind<RolloutInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['kind', 'workload', 'revision'],
  ignored: ['root', 'namespace', 'timeout'],
  async create(values, step) {
    await awaitRollout(values, step);
    return {};
  },
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};
