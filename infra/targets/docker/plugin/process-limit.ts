import { z } from 'zod';
import { UserError } from '../../../stack/problem.ts';
import { placeSchema, type Kind } from '../../process/plugin/kind.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  /** Id of the container. */
  container: z.string().min(1),
  /** Most processes and threads that it may have. */
  pids: z.int().positive(),
});

export type ProcessLimitInputs = z.infer<typeof inputs>;

/** The one limit of a container that Docker's own provider cannot set. */
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
