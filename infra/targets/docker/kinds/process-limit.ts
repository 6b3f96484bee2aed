import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { UserError } from '../../../../tools/user-error.ts';
import { placeSchema, type Kind, type Step } from '../../../provider/kind.ts';
import { docker } from './docker.ts';

const inputs = placeSchema.extend({
  /** The id of the container. */
  container: z.string().min(1),
  /** The maximum number of processes and threads. */
  pids: z.int().positive(),
});

/** Milliseconds within which the daemon notices that a process has ended. */
const patience = 10_000;
/** Milliseconds between two attempts. */
const pause = 100;

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

async function limit(
  { name, container, pids }: ProcessLimitInputs,
  { signal }: Step,
): Promise<Record<string, string>> {
  const deadline = Date.now() + patience;
  for (;;) {
    const { code, problem } = await docker(['update', '--pids-limit', String(pids), container]);
    if (code === 0) return {};
    // The process has ended and the daemon has not noticed yet. It limits a stopped container at its next start.
    if (!/not running|stopped container/.test(problem) || Date.now() > deadline)
      throw new UserError(`The processes of ${name} cannot be limited: ${problem}`);
    await sleep(pause, undefined, { signal });
  }
}
