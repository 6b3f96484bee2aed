import * as z from 'zod';
import { placeSchema, type Kind } from '../kind.ts';

const inputs = placeSchema.extend({
  /** The snapshot of the environment, in the form of the version that wrote it. */
  snapshot: z.record(z.string(), z.unknown()),
  /** Hash of the snapshot. What the engine reports of a snapshot has `[secret]` for each plain text that equals a secret. */
  hash: z.string().optional(),
  /** The commit that was deployed. Absent without git. */
  commit: z
    .strictObject({ hash: z.string(), subject: z.string(), dirty: z.literal(true).optional() })
    .optional(),
});

export type ReleaseInputs = z.infer<typeof inputs>;

/**
 * The record of the last update: what was deployed, and from which commit. It exists in Pulumi's state only. `serial` counts
 * the updates with changes, so that a state never equals an earlier one.
 */
export const release: Kind<ReleaseInputs, { serial: string }> = {
  inputs,
  outputs: ['serial'],
  secretOutputs: [],
  replaceOn: [],
  ignored: ['root', 'commit'],
  create: () => Promise.resolve({ serial: '1' }),
  update: (_inputs, _step, { serial }) => Promise.resolve({ serial: String(Number(serial) + 1) }),
  delete: () => Promise.resolve(),
};
