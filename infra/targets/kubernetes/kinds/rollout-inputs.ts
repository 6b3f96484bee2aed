import * as z from 'zod';
import { placeSchema } from '../../../provider/kind.ts';

export const rolloutInputs = placeSchema.extend({
  namespace: z.string().min(1),
  kind: z.enum(['Deployment', 'StatefulSet', 'Job', 'Rollout']),
  /** Name of the object. */
  workload: z.string().min(1),
  /** Whether a Job is a service that runs once, and not the `preDeploy` of a service. */
  isService: z.boolean().optional(),
  /** Changes with the spec of the workload. */
  revision: z.string().min(1),
  /** Nonce of the `RolloutBegin`. Absent for a Job, whose revision is never the same again. */
  begun: z.string().min(1).optional(),
  /** Seconds without progress after which the rollout has failed. */
  timeout: z.int().positive(),
});

export type RolloutInputs = z.infer<typeof rolloutInputs>;
