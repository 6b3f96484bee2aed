import type { Kind } from '../../../provider/kind.ts';
import { runOnceInputs, type RunOnceInputs } from './inputs.ts';
import { runContainer } from './run-container.ts';

/**
 * A container that runs once, before a version of a service starts. Pulumi's Docker provider also has containers that
 * run to their end, but treats every exit code as success and never runs a failed container again. Here a failed run
 * creates no resource, so the next update runs it again.
 */
export const runOnce: Kind<RunOnceInputs> = {
  inputs: runOnceInputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['image', 'entrypoint', 'command'],
  ignored: [
    'root',
    'container',
    'variables',
    'isService',
    'user',
    'readOnly',
    'capabilities',
    'ulimits',
    'shmSize',
    'gpus',
    'networks',
    'tmpfs',
    'files',
    'binds',
    'labels',
    'pids',
    'cpus',
    'memory',
  ],
  async create(values, step) {
    await runContainer(values, step);
    return {};
  },
  update: () => Promise.resolve({}),
  delete: () => Promise.resolve(),
};
