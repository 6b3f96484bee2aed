import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { placeSchema, type Kind } from '../../../provider/kind.ts';

const inputs = placeSchema.extend({
  /** Changes with the spec of the workload. */
  revision: z.string().min(1),
});

export type RolloutBeginInputs = z.infer<typeof inputs>;

/**
 * Records that the spec of a workload is about to change. Its `nonce` differs after each change, even one that restores an
 * earlier spec. So the `Rollout` waits again if an earlier update was killed between the workload and its `Rollout`.
 */
export const rolloutBegin: Kind<RolloutBeginInputs, { nonce: string }> = {
  inputs,
  outputs: ['nonce'],
  secretOutputs: [],
  // A preview shows the nonce of a replacement as unknown, but that of an update as unchanged.
  replaceOn: ['revision'],
  ignored: ['root'],
  create: () => Promise.resolve({ nonce: randomUUID() }),
  update: (_inputs, _step, outputs) => Promise.resolve(outputs),
  delete: () => Promise.resolve(),
};
