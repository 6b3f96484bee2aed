import { z } from 'zod';
import { placeSchema, type Kind } from '../../process/plugin/kind.ts';
import { runContainer } from './run-container.ts';

const inputs = placeSchema.extend({
  /** Name of the container. */
  container: z.string().min(1),
  image: z.string().min(1),
  entrypoint: z.array(z.string()),
  command: z.array(z.string()),
  variables: z.record(z.string(), z.string()),
  user: z.string(),
  /** Names; without one it can reach nobody. */
  networks: z.array(z.string()),
  tmpfs: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  pids: z.int(),
  cpus: z.number().optional(),
  /** Mebibytes. */
  memory: z.int().optional(),
});

export type RunOnceInputs = z.infer<typeof inputs>;

/**
 * A container that runs to its end: what must have happened once before a version starts. Docker's own provider has
 * such containers too, but takes any exit code for a success, and never runs a failed one again. Here a failed run is no
 * resource, so the next update runs it again.
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
