import * as z from 'zod';
import { placeSchema, type Kind } from '../kind.ts';

const inputs = placeSchema.extend({
  /** Name of the stack that the data are kept under. */
  stack: z.string().min(1),
  /** JSON: type, version and storage by data service. */
  data: z.string(),
  /** The project that the environment belongs to. */
  owner: z.string().min(1),
});

export type IdentityInputs = z.infer<typeof inputs>;

const outputs = ['environment', 'stack', 'data', 'owner'] as const;

/** What the next run has to know of this one; it lives in the state alone. */
export const identity: Kind<IdentityInputs, Pick<IdentityInputs, (typeof outputs)[number]>> = {
  inputs,
  outputs,
  secretOutputs: [],
  replaceOn: [],
  ignored: ['root'],
  create: (values) => Promise.resolve(record(values)),
  update: (values) => Promise.resolve(record(values)),
  delete: () => Promise.resolve(),
};

function record({ environment, stack, data, owner }: IdentityInputs) {
  return { environment, stack, data, owner };
}
