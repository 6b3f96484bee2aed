import { z } from 'zod';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { awaitContainers } from './await-containers.ts';

const inputs = placeSchema.extend({
  /** Ids of the containers. */
  containers: z.array(z.string().min(1)).min(1),
  /** Seconds that they may take to get healthy. */
  timeout: z.int().positive(),
  /** Seconds that a container without a health check must run. */
  minReady: z.int().positive(),
});

export type ReadinessInputs = z.infer<typeof inputs>;

/**
 * Waits until the containers of a service are healthy, and reports the cause as soon as they cannot be. A failed wait leaves
 * no resource, so the next update waits again.
 */
export const readiness: Kind<ReadinessInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['containers'],
  ignored: ['root', 'timeout', 'minReady'],
  async create(values, step) {
    await awaitContainers(values, step);
    return {};
  },
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};
