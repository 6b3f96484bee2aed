import { z } from 'zod';
import { placeSchema } from '../../../provider/kind.ts';

export const rolloutInputs = placeSchema.extend({
  namespace: z.string().min(1),
  kind: z.enum(['Deployment', 'StatefulSet', 'Job']),
  /** Name of the object. */
  workload: z.string().min(1),
  /** Changes with the spec of the workload. */
  revision: z.string().min(1),
  /** Seconds without progress after which the rollout has failed. */
  timeout: z.int().positive(),
});

export type RolloutInputs = z.infer<typeof rolloutInputs>;
