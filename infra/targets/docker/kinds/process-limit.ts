import { z } from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import { placeSchema, type Kind } from '../../../provider/kind.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  /** The id of the container. */
  container: z.string().min(1),
  /** The maximum number of processes and threads. */
  pids: z.int().positive(),
});

export type ProcessLimitInputs = z.infer<typeof inputs>;

/** Sets the process limit of a container, which Pulumi's Docker provider cannot set. */
export const processLimit: Kind<ProcessLimitInputs> = {
  inputs,
  outputs: [],
  secretOutputs: [],
  replaceOn: ['container'],
  ignored: ['root'],
  create: limit,
  update: limit,
  delete: () => Promise.resolve(),
};

async function limit({ name, container, pids }: ProcessLimitInputs): Promise<Record<string, string>> {
  const { code, problem } = await docker(['update', '--pids-limit', String(pids), container]);
  if (code !== 0) throw new UserError(`The processes of ${name} cannot be limited: ${problem}`);
  return {};
}
