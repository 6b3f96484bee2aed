import type { Kind } from '../../../provider/kind.ts';
import { awaitContainers } from './await-containers.ts';
import { readinessInputs, type ReadinessInputs } from './inputs.ts';

/**
 * Waits until the containers of a service are healthy, and reports the cause as soon as they cannot be. A failed wait leaves
 * no resource, so the next update waits again.
 */
export const readiness: Kind<ReadinessInputs> = {
  inputs: readinessInputs,
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
