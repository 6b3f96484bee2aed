import { z } from 'zod';
import { placeSchema, type Kind } from '../kind.ts';

const inputs = placeSchema.extend({
  /** Name of the stack that the data are kept under. */
  stack: z.string().min(1),
  /** JSON: type, version and storage by data service. */
  data: z.string(),
});

export type IdentityInputs = z.infer<typeof inputs>;

/** What the next run has to know of this one; it lives in the state alone. */
export const identity: Kind<IdentityInputs, { stack: string; data: string }> = {
  inputs,
  outputs: ['stack', 'data'],
  secretOutputs: [],
  replaceOn: [],
  ignored: ['root'],
  create: ({ stack, data }) => Promise.resolve({ stack, data }),
  update: ({ stack, data }) => Promise.resolve({ stack, data }),
  delete: () => Promise.resolve(),
};
