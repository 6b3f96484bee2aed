import * as z from 'zod';
import type { Kind } from '../../../provider/kind.ts';
import { canaryPlace } from './canary-place.ts';
import { holdOthersBack, orderBalancer, runningWith, stopContainers } from './orders.ts';

const inputs = canaryPlace.extend({
  /** Changes with the replicas. */
  revision: z.string().min(1),
});

export type CanaryBeginInputs = z.infer<typeof inputs>;

/**
 * Makes the balancer of a service hold back the replicas that start after it. Precedes every change of the replicas. A
 * canary that an earlier update has left goes back first.
 */
export const canaryBegin: Kind<CanaryBeginInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['revision'],
  ignored: ['root', 'balancer', 'replicas'],
  create: hold,
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};

async function hold(values: CanaryBeginInputs): Promise<Record<string, string>> {
  for (const balancer of await runningWith(values.balancer)) {
    const status = await orderBalancer(balancer);
    if (status === undefined) continue;
    await holdOthersBack(balancer, values.replicas);
    await stopContainers(status.canary);
  }
  return {};
}
