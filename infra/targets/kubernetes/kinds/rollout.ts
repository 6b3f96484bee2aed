import type { Kind, Step } from '../../../provider/kind.ts';
import { awaitRollout } from './await-rollout.ts';
import { rolloutInputs, type RolloutInputs } from './rollout-inputs.ts';

/**
 * Waits for the rollout of a workload, and reports why it fails as soon as the cause is known. A failed rollout is
 * not recorded, so the next update waits again, even if it restores the old files.
 */
export const rollout: Kind<RolloutInputs> = {
  inputs: rolloutInputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['kind', 'workload', 'revision'],
  ignored: ['root', 'namespace', 'isService', 'timeout'],
  create: wait,
  // Only the nonce differs: an interrupted update changed the workload, and this one restores the recorded revision.
  update: wait,
  delete: () => Promise.resolve(),
};

async function wait(inputs: RolloutInputs, step: Step): Promise<Record<string, string>> {
  await awaitRollout(inputs, step);
  return {};
}
