import { z } from 'zod';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { runContainer } from './run-container.ts';

const inputs = placeSchema.extend({
  /** The name of the container. */
  container: z.string().min(1),
  image: z.string().min(1),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  user: z.string(),
  /** The names of the container's networks. Without one it has no network. */
  networks: z.array(z.string()),
  tmpfs: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  pids: z.int(),
  cpus: z.number().optional(),
  /** In mebibytes. */
  memory: z.int().optional(),
});

export type RunOnceInputs = z.infer<typeof inputs>;

/**
 * A container that runs once, before a version of a service starts. Pulumi's Docker provider also has containers that
 * run to their end, but treats every exit code as success and never runs a failed container again. Here a failed run
 * creates no resource, so the next update runs it again.
 */
export const runOnce: Kind<RunOnceInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['image', 'entrypoint', 'command'],
  ignored: [
    'root',
    'container',
    'variables',
    'user',
    'networks',
    'tmpfs',
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
