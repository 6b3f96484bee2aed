import type { Kind } from '../../../provider/kind.ts';
import { awaitRollout } from './await-rollout.ts';
import { rolloutInputs, type RolloutInputs } from './rollout-inputs.ts';

/**
 * Waits for the rollout of a workload, and reports why it fails as soon as the cause is known. A failed rollout leaves no
 * resource, so the next update waits again, even if it restores the old files.
 */
export const rollout: Kind<RolloutInputs> = {
  inputs: rolloutInputs,
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
